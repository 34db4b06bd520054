// Clicks a place of the window of a process, in points from its content's left and top.
ObjC.import('CoreGraphics')
function run(args) {
  const [pid, x, y] = args.map(Number)
  const program = Application('System Events').processes.whose({ unixId: pid })[0]
  program.frontmost = true
  delay(0.3)
  const [left, top] = program.windows[0].position()
  const bar = 28 // of a window's title
  const place = $.CGPointMake(left + x, top + bar + y)
  for (const what of [$.kCGEventMouseMoved, $.kCGEventLeftMouseDown, $.kCGEventLeftMouseUp]) {
    $.CGEventPost($.kCGHIDEventTap, $.CGEventCreateMouseEvent($(), what, place, $.kCGMouseButtonLeft))
    delay(0.1)
  }
}
