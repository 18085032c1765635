/** What draws the page of a PDF, in a thread of its own with limits on its memory and its canvases, which must stand before it. */
import './limit-memory.ts';
import './limit-canvases.ts';
import 'pdfjs-dist/build/pdf.renderer.min.mjs';
