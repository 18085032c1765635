/**
 * The number of a job as people read it aloud, and the digits in it. Two jobs never show the same number: the dash parts order and job
 * only where the job has none itself, so that job 3 of `7001-2` is 7001-2-3 and job 2-3 of `7001` is 7001/2-3. Upper and lower case differ.
 */

export function shownNumber(order: string, job: string): string {
  return job.includes('-') ? `${order}/${job}` : `${order}-${job}`;
}

/** Digits of any script as 0 to 9: ٣ and ３ are a 3. */
export function plainDigits(text: string): string {
  return text.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    // Unicode keeps the ten digits of a script in a row; rows may follow one another.
    let first = point;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((point - first) % 10);
  });
}
