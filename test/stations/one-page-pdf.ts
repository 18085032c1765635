/** A small PDF with one page of text and a coloured box, written by hand so that tests need no file. */
export function onePagePdf(text = 'Summer flyer'): Buffer {
  const drawing = `0.12 0.4 0.6 rg 0 260 298 160 re f 1 1 1 rg BT /F1 30 Tf 36 330 Td (${text}) Tj ET 0.2 0.2 0.2 rg BT /F1 14 Tf 36 200 Td (Printed with care, every Tuesday.) Tj ET`;
  return pdfOf([
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}

/** A PDF of one page: `objects` are that page, which is number 3, and what it leads to, from 4 on. */
export function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  let length = 9;
  const add = (part: string | Buffer): void => {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
  };
  const all = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', ...objects];
  const places = all.map((object, at) => {
    const place = length;
    add(`${at + 1} 0 obj\n`);
    add(object);
    add('\nendobj\n');
    return place;
  });
  const table = length;
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  add(
    `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`,
  );
  return Buffer.concat(parts);
}
