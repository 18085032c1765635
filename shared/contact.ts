/** By what an e-mail address or a telephone number is known, also where it stands under another name than its own. Pure. */

/** An address, or a run of digits as long as a telephone number. */
const perhaps = /@|(?:\p{Nd}[\s()./-]*){6}/u;
/** What an address is not made of, its one sign apart. */
const outside = /[\s@＠<>()[\]"',;:/\\]/u;
const afterSign = /[@＠][^\s@＠<>()[\]"',;:/\\]{1,250}\.\p{L}{2,}/gu;
const mostBeforeSign = 64;
/** With the sign of its country, as no number of an article is written. */
const worldwide = /^\s*\+(?:[\s()./-]*\p{Nd}){7,15}\s*$/u;
/** What people call it in the languages of the shop, also as a part of a word: `Rechnungs-E-Mail`, `customerPhone`. */
const named =
  /e[-_\s.]?mail|(?<!\p{L})mail(?!\p{L})|phone|fono|telef|(?<!\p{L})tel(?!\p{L})|mobil|móvil|movil|celular|handy|fax|courriel|correo|whatsapp|[ck]onta[ck]t/iu;

/** May this be where somebody is reached? Not shown where it is quoted as wrong. */
export function looksLikeContact(text: string): boolean {
  return perhaps.test(text);
}

/** The text with "…" for each e-mail address in it: web shops take one for the name of who ordered. */
export function withoutAddresses(text: string): string {
  let shown = '';
  let from = 0;
  // From the sign back, and not by one pattern from its first letter: that would try 64 letters for each letter of a text in which there is no sign at all
  for (const { index, 0: rest } of text.matchAll(afterSign)) {
    let start = index;
    for (let letters = 0; letters < mostBeforeSign && start > from && !outside.test(text.charAt(start - 1)); letters++)
      start -= start - 2 >= from && (text.codePointAt(start - 2) ?? 0) > 0xffff ? 2 : 1;
    if (start === index) continue;
    shown += `${text.slice(from, start)}…`;
    from = index + rest.length;
  }
  return from === 0 ? text : shown + text.slice(from);
}

/** Is it called a contact, and looks like one? */
export function isNamedContact(name: string, value: string): boolean {
  return named.test(name) && looksLikeContact(value);
}

/** The same, or it is an address or a number to call whatever it is called. */
export function isContact(name: string, value: string): boolean {
  return withoutAddresses(value) !== value || worldwide.test(value) || isNamedContact(name, value);
}
