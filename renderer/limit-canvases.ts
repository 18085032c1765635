/**
 * A limit on the canvases of the thread that loads this: a page whose groups lie in groups asks for one after the other, each as large as the page. Beyond it
 * no more is made, and the page is told that this is too much. What is let go again no longer counts.
 */
import { mostCanvasPixels, TooMuch, tooMuchSign } from './too-much.ts';

let pixels = 0;

class LimitedCanvas extends OffscreenCanvas {
  #counted = 0;

  constructor(width: number, height: number) {
    super(0, 0);
    this.#size(width, height);
  }
  override get width(): number {
    return super.width;
  }
  override set width(width: number) {
    this.#size(width, this.height);
  }
  override get height(): number {
    return super.height;
  }
  override set height(height: number) {
    this.#size(this.width, height);
  }
  #size(width: number, height: number): void {
    pixels += width * height - this.#counted;
    this.#counted = width * height;
    if (pixels > mostCanvasPixels) {
      postMessage(tooMuchSign);
      throw new TooMuch();
    }
    if (super.width !== width) super.width = width;
    if (super.height !== height) super.height = height;
  }
}

Object.defineProperty(globalThis, 'OffscreenCanvas', { value: LimitedCanvas, writable: true, configurable: true });
