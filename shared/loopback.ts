/** What a computer calls itself: a page under one of these names was opened on the hub's own computer. */
export const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
