/** What is known of a file or ticket somebody must place: what it says of itself, where and when it came, how large it is, and its first page. */
import { useState } from 'react';
import type { Arrival } from '../../shared/api.ts';
import { splitName } from '../../shared/safe-name.ts';
import { askedSource } from '../client.ts';
import type { PdfFacts } from '../pdf-page.ts';
import { size } from '../words/time.ts';
import { type Say, useWords } from '../words/words.ts';
import { Moment } from './job-words.tsx';
import { FilePreview } from './preview.tsx';
import textCss from './text.module.css';
import troubleCss from './trouble.module.css';
import { WhenSeen } from './when-seen.tsx';
import whoseFileCss from './whose-file.module.css';

export type Question = NonNullable<Arrival['question']>;
type Likeness = Pick<Question['candidates'][number], 'product' | 'quantity' | 'customer'>;

const namesShown = 3;

export function typeOf(name: string): string {
  return splitName(name).extension.toLowerCase();
}

/** File names, and how many more there are. */
function nameWords(names: readonly string[], t: Say): string {
  const more = names.length - namesShown;
  return [...names.slice(0, namesShown), ...(more > 0 ? [t('whose.moreFiles', { count: more })] : [])].join(', ');
}

/** Who it is for and what it is; a newer or older hub may leave any of it out. */
export function LikenessWords({ of: { customer, product, quantity } }: { readonly of: Likeness }) {
  const { t } = useWords();
  const pieces = quantity == null ? null : t('job.pieces', { count: quantity });
  const who = [...new Set([customer?.company, customer?.name])].filter(Boolean).join(', ');
  const what = [product, pieces].filter(Boolean).join(' · ');
  return (
    <>
      {who !== '' && <bdi className={textCss['under']}>{who}</bdi>}
      {what !== '' && <bdi className={textCss['under']}>{what}</bdi>}
    </>
  );
}

/** The files a job has, or a ticket names. */
export function FileWords({ say, names }: { readonly say: 'hasFiles' | 'namesFiles'; readonly names: readonly string[] }) {
  const { t } = useWords();
  return names.length === 0 ? null : (
    <bdi className={`${textCss['under']} ${textCss['soft']}`}>{t(`whose.${say}`, { names: nameWords(names, t) })}</bdi>
  );
}

/** A file that was not moved to its place yet is found there a moment later: then it is drawn anew. */
function FirstPage({ arrival, bytes, onPdf }: { arrival: Arrival; bytes: number; onPdf: (facts: PdfFacts) => void }) {
  const { name, id, path } = arrival;
  const file = { name, type: typeOf(name), size: bytes };
  return (
    <WhenSeen>
      <FilePreview file={file} id={`${id} ${path}`} sourceOf={() => askedSource(id)} onPdf={onPdf} />
    </WhenSeen>
  );
}

export function AskedFile({ arrival, question }: { readonly arrival: Arrival; readonly question: Question }) {
  const { t, language } = useWords();
  const [pdf, setPdf] = useState<PdfFacts | null>(null);
  const bytes = question.size ?? null;
  return (
    <>
      <div>
        <p className={troubleCss['what']}>
          {t(`whose.title.${question.about}`)} <bdi className={whoseFileCss['fileName']}>{arrival.name}</bdi>
        </p>
        <p>{t(`whose.why.${question.why}`)}</p>
        {question.ticket != null && (
          <p>
            <b>
              <bdi>{question.ticket.title}</bdi>
            </b>
            <LikenessWords of={question.ticket} />
            <FileWords say="namesFiles" names={question.ticket.files} />
          </p>
        )}
        <p className={textCss['soft']}>
          {t('whose.came')} <Moment at={arrival.at} telling="ago" />
          {bytes !== null && `, ${size(bytes, language)}`}
          {pdf !== null && `, ${t('whose.pages', { count: pdf.pages })}`},{' '}
          <bdi className={whoseFileCss['path']} dir="ltr">
            {arrival.folder}
          </bdi>
        </p>
      </div>
      {bytes !== null && <FirstPage arrival={arrival} bytes={bytes} onPdf={setPdf} />}
    </>
  );
}
