/** The reader of PDFs, in a thread of its own with a limit on its memory, which must stand before it. */
import './limit-memory.ts';
import 'pdfjs-dist/build/pdf.worker.min.mjs';
