/* bcryptprimitives.dll for a wine that has none: the one function that Go asks for. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
	while (length > 0) {
		ULONG some = length > 0x10000000 ? 0x10000000 : (ULONG)length;
		if (!SystemFunction036(data, some))
			return FALSE;
		data += some;
		length -= some;
	}
	return TRUE;
}
