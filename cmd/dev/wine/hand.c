/* Does in a Windows what no program of Linux can: says where the content of Casebinder's
   window begins on the screen, closes another program's window, and puts pictures on the clipboard as programs of Windows
   do. A picture is of four fields: red and green above, blue and white below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static const BYTE fields[2][2][3] = {{{255, 0, 0}, {0, 255, 0}}, {{0, 0, 255}, {255, 255, 255}}};

/* onto goes to the desktop on which the window is. */
static int onto(const char *desktop)
{
	HDESK own = OpenDesktopA(desktop, 0, FALSE, GENERIC_ALL);
	return own && SetThreadDesktop(own);
}

/* where prints left, top, width and height of the content, in points of the screen. */
static int where(const char *desktop)
{
	HWND window = NULL;
	if (!onto(desktop))
		return 4;
	while ((window = FindWindowExA(NULL, window, "GLFW30", NULL)) && !IsWindowVisible(window))
		;
	POINT at = {0, 0};
	RECT content;
	if (!window || !ClientToScreen(window, &at) || !GetClientRect(window, &content))
		return 1;
	printf("%ld %ld %ld %ld\n", at.x, at.y, content.right, content.bottom);
	return 0;
}

/* closed asks the window whose title begins so to close, or prints nothing. */
static int closed(const char *desktop, const char *title)
{
	char has[512];
	HWND window = NULL;
	if (!onto(desktop))
		return 4;
	while ((window = FindWindowExA(NULL, window, NULL, NULL)))
		if (IsWindowVisible(window) && GetWindowTextA(window, has, sizeof has) && strncmp(has, title, strlen(title)) == 0) {
			PostMessageA(window, WM_CLOSE, 0, 0);
			printf("%s\n", has);
			break;
		}
	return 0;
}

/* kept puts what is in memory on the clipboard, in one form. */
static int kept(UINT form, HGLOBAL h)
{
	GlobalUnlock(h);
	for (int i = 0; !OpenClipboard(NULL); i++) {
		if (i == 100)
			return 2;
		Sleep(20); /* another program has it */
	}
	int ok = EmptyClipboard() && SetClipboardData(form, h);
	return CloseClipboard() && ok ? 0 : 3;
}

/* dib puts a picture on the clipboard as bitmaps lie there. */
static int dib(const char *kind, int width, int height)
{
	int v5 = strcmp(kind, "v5") == 0, down = strcmp(kind, "top-down") == 0, bits = strcmp(kind, "24") == 0 ? 24 : 32;
	BYTE alpha = strcmp(kind, "alpha-0") == 0 ? 0 : 255;
	DWORD head = v5 ? sizeof(BITMAPV5HEADER) : sizeof(BITMAPINFOHEADER), line = (width * bits / 8 + 3) & ~3;
	HGLOBAL h = GlobalAlloc(GMEM_MOVEABLE | GMEM_ZEROINIT, head + line * height);
	BITMAPV5HEADER *b = GlobalLock(h);
	if (!b)
		return 1;
	b->bV5Size = head;
	b->bV5Width = width;
	b->bV5Height = down ? -height : height;
	b->bV5Planes = 1;
	b->bV5BitCount = bits;
	if (v5) {
		b->bV5Compression = BI_BITFIELDS;
		b->bV5RedMask = 0x00FF0000, b->bV5GreenMask = 0x0000FF00, b->bV5BlueMask = 0x000000FF, b->bV5AlphaMask = 0xFF000000;
		b->bV5CSType = 0x73524742; /* LCS_sRGB */
	}
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			BYTE *p = (BYTE *)b + head + (down ? y : height - 1 - y) * line + x * bits / 8;
			const BYTE *c = fields[y >= height / 2][x >= width / 2];
			p[0] = c[2], p[1] = c[1], p[2] = c[0];
			if (bits == 32)
				p[3] = alpha;
		}
	return kept(v5 ? CF_DIBV5 : CF_DIB, h);
}

/* png puts a file on the clipboard, as browsers put their pictures. */
static int png(const char *path)
{
	FILE *f = fopen(path, "rb");
	HGLOBAL h = GlobalAlloc(GMEM_MOVEABLE, 1 << 16);
	void *at = GlobalLock(h);
	if (!f || !at)
		return 1;
	size_t n = fread(at, 1, 1 << 16, f);
	GlobalUnlock(h);
	return kept(RegisterClipboardFormatA("PNG"), GlobalReAlloc(h, n, GMEM_MOVEABLE));
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "where") == 0)
		return where(argv[2]);
	if (argc == 4 && strcmp(argv[1], "close") == 0)
		return closed(argv[2], argv[3]);
	if (argc == 3 && strcmp(argv[1], "png") == 0)
		return png(argv[2]);
	if (argc == 4)
		return dib(argv[1], atoi(argv[2]), atoi(argv[3]));
	return 9;
}
