/** What the page may load and speak with, wherever it is served from: by the hub, or by the window under a scheme of its own. Pure. */

/** For answers that are data: nothing in them may ever run or load. */
const dataPolicy = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** On every answer, also one that is an error, unless it has a stricter or a wider reason to say otherwise. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': dataPolicy,
  'Cache-Control': 'no-store',
};

/**
 * A Content-Security-Policy: everything from where the page came from, nothing from elsewhere. Previews are blobs; the PDF worker is a file of ours.
 *
 * @param hubSources addresses of the hub beside the page's own, as CSP source expressions
 */
export function pagePolicy(hubSources: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ["connect-src 'self'", ...hubSources].join(' '),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
