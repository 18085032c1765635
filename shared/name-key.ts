/** A file name as it is compared: without case, composed, as any system might compare it. */
export function nameKey(fileName: string): string {
  return fileName.normalize('NFC').toLowerCase();
}
