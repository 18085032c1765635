/** What writes numbers and times, and chooses between one and many: to make one takes up to a thousand times as long as to use it, so there is one of each kind. */

/** Of one kind: the one for these words and options, made when it is first asked for. There are few; none is thrown away. */
function madeOnce<Options, Format>(Kind: new (locale: string, options: Options) => Format): (locale: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (locale, options) => {
    const key = JSON.stringify([locale, options]);
    const format = made.get(key) ?? new Kind(locale, options);
    made.set(key, format);
    return format;
  };
}

export const timeFormat = madeOnce<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(Intl.DateTimeFormat);
export const numberFormat = madeOnce<Intl.NumberFormatOptions, Intl.NumberFormat>(Intl.NumberFormat);
export const pluralRules = madeOnce<Intl.PluralRulesOptions, Intl.PluralRules>(Intl.PluralRules);
