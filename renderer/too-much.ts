/** A page that a preview is not drawn of, since it would take too much of this computer. The file itself may be all right. */
export class TooMuch extends Error {}

/** What one preview may take. A poster of 1 x 0.7 m at 300 dpi has 100 million pixels. */
export const mostPicturePixels = 100_000_000;
/** Everything the reader of a PDF asks memory for until its page is drawn. */
export const mostReaderBytes = 1024 ** 3;
/** All that is drawn on until the page is drawn, the page itself with it. */
export const mostCanvasPixels = 64_000_000;
export const mostDrawingMs = 30_000;
/** What the reader tells the page: this is too much; something in the file cannot be read. */
export const tooMuchSign = 'tooMuch';
export const brokenSign = 'broken';
