/** A ticket tried with the mapping and the time zone as they are typed: what the hub would make of it, or what is wrong with it. Nothing is recorded. */
import { FileUp, FlaskConical } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { mostTriedBytes, type Problem, type Settings, type TriedTicket } from '../../../shared/api.ts';
import { sentence } from '../../../shared/words/say.ts';
import { hub, problemOf } from '../../client.ts';
import answerCss from '../../parts/answer.module.css';
import buttonCss from '../../parts/button.module.css';
import { FactList } from '../../parts/fact-list.tsx';
import fieldsCss from '../../parts/fields.module.css';
import { ProblemLine } from '../../parts/problem-line.tsx';
import { SignMark } from '../../parts/sign.tsx';
import textCss from '../../parts/text.module.css';
import { reasonWords } from '../../parts/trouble.tsx';
import { attributeWords } from '../../words/attribute.ts';
import { amount, exact, size } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { useInSight } from './in-sight.ts';
import settingsCss from './settings.module.css';

type Told = TriedTicket['tickets'][number];
type TriedGaps = NonNullable<TriedTicket['gaps']>;

/** In portions: an argument list may be only so long. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** By how it begins, as nobody names what is pasted. */
function nameOfPasted(text: string): string {
  const [first = ''] = text.trimStart();
  return first === '<' ? 'ticket.xml' : first === '{' || first === '[' ? 'ticket.json' : 'ticket.csv';
}

/** `timeZone`: by whose clock it was read. */
type Tried = { readonly tried: TriedTicket; readonly timeZone: string };

function Facts({ ticket, timeZone }: { readonly ticket: Told; readonly timeZone: string }) {
  const { t, language } = useWords();
  const { customer, dueAt, startAt, fulfilment } = ticket;
  const who = customer === null ? null : [customer.name, customer.company, customer.email, customer.phone].filter(Boolean).join(', ');
  const when = (at: string | null, dayOnly: boolean): string | null =>
    at === null ? null : exact(Date.parse(at), language, dayOnly, timeZone);
  const facts = [
    [t('job.title'), ticket.title],
    [t('job.product'), ticket.product],
    [t('job.quantity'), ticket.quantity === null ? null : amount(ticket.quantity, language)],
    [t('job.customer'), who],
    [t('job.files'), ticket.files.join(', ')],
    [t('job.due'), when(dueAt, ticket.dueDayOnly)],
    [t('job.start'), when(startAt, ticket.startDayOnly)],
    [t('job.fulfilment'), fulfilment === null ? null : t(fulfilment === 'collection' ? 'job.collection' : 'job.deliveryWay')],
    [t('settings.approval'), ticket.approval === null ? null : t(`settings.approvals.${ticket.approval}`)],
    [t('settings.submitted'), ticket.submitted === null ? null : t(ticket.submitted ? 'settings.yes' : 'settings.no')],
    [t('job.priority'), ticket.priority === null ? null : String(ticket.priority)],
    [t('job.notes'), ticket.notes],
    ...Object.entries(ticket.attributes).map(([name, value]) => [attributeWords(name, t), value] as const),
  ] as const;
  return (
    <li data-ticket={ticket.number}>
      <p>
        <b>
          <bdi>{ticket.number}</bdi>
        </b>{' '}
        <span className={textCss['soft']}>{t(ticket.jobId === null ? 'settings.newJob' : 'settings.knownJob')}</span>
      </p>
      <FactList facts={facts.map(([name, value]) => [name, value === '' ? null : value])} />
    </li>
  );
}

/** A part that is there several times is one that a list goes through: where nothing of it is mapped, jobs may be missing. */
const isRepeated = ({ count }: { readonly count: number }): boolean => count > 1;

/** What the mapping and the ticket do not have in common. */
function Gaps({ tried: { gaps, ok, details } }: { readonly tried: TriedTicket }) {
  const { t, language } = useWords();
  if (gaps === undefined) return null;
  const notFound = gaps.notFound.filter(({ field }) => details?.key !== 'tickets.mappedMissing' || field !== 'order');
  const placesOf = (places: TriedGaps['unread']): string =>
    places.map(({ path, count }) => (count > 1 ? `${path} (${amount(count, language)}×)` : path)).join(', ');
  const [several, once] = [gaps.unread.filter(isRepeated), gaps.unread.filter((place) => !isRepeated(place))];
  return (
    <div data-testid="gaps">
      {notFound.map(({ field, path }) => (
        <p key={field}>
          <SignMark sign="attention" size={18} /> {t('settings.notFound', { field, path })}
        </p>
      ))}
      {ok && several.length > 0 && (
        <p>
          <SignMark sign="attention" size={18} /> {t('settings.unreadSeveral', { places: placesOf(several) })}
        </p>
      )}
      {ok && once.length > 0 && <p className={fieldsCss['hint']}>{t('settings.unread', { places: placesOf(once) })}</p>}
      {!ok && details?.key !== 'tickets.mappedMissing' && <p>{t('settings.has', { places: gaps.places.join(', ') })}</p>}
    </div>
  );
}

function Outcome({ tried, timeZone }: Tried) {
  const { t, language } = useWords();
  if (!tried.ok) {
    const words = reasonWords(tried.reasonCode, language);
    const detail = tried.details === null ? tried.detail : (sentence(language, tried.details) ?? tried.detail);
    return (
      <div className={answerCss['refused']} data-testid="ticket-refused">
        <SignMark sign="stop" />
        <p>
          <b>{t('settings.wouldReject', { why: words?.what ?? '' })}</b> {detail} {words?.todo}
        </p>
        <Gaps tried={tried} />
      </div>
    );
  }
  const isWhole = tried.gaps === undefined || (tried.gaps.notFound.length === 0 && !tried.gaps.unread.some(isRepeated));
  return (
    <div data-testid="ticket-read">
      <p>
        <SignMark sign={isWhole ? 'done' : 'attention'} size={18} /> {t('settings.wouldMake', { count: tried.count })}{' '}
        {tried.readAs !== null && t('settings.readAs', { encoding: tried.readAs })}{' '}
        {tried.count > tried.tickets.length && t('settings.firstOf', { count: tried.tickets.length })}
      </p>
      <Gaps tried={tried} />
      <ul className={settingsCss['triedTickets']}>
        {tried.tickets.map((ticket) => (
          <Facts key={ticket.number} ticket={ticket} timeZone={timeZone} />
        ))}
      </ul>
    </div>
  );
}

export function TryTicket({ xmlMapping, timeZone }: Pick<Settings, 'xmlMapping' | 'timeZone'>) {
  const { t, language } = useWords();
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const [text, setText] = useState('');
  const [file, setFile] = useState<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null>(null);
  const [answer, setAnswer] = useState<Tried | Problem | 'tooLarge' | null>(null);
  const told = useInSight<HTMLDivElement>(answer);
  const given = file ?? { name: nameOfPasted(text), bytes: new TextEncoder().encode(text) };
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    // Not read at all where it is too large.
    const mine = ++asked.current;
    const bytes = new Uint8Array(chosen.size > mostTriedBytes ? new ArrayBuffer(mostTriedBytes + 1) : await chosen.arrayBuffer());
    if (mine !== asked.current) return;
    setFile({ name: chosen.name.slice(-200), bytes });
    setText('');
    await tryIt({ name: chosen.name.slice(-200), bytes });
  };
  const tryIt = async ({ name, bytes }: typeof given): Promise<void> => {
    if (bytes.length > mostTriedBytes) {
      setAnswer('tooLarge');
      return;
    }
    const mine = ++asked.current;
    try {
      const tried = await hub().settings.tryTicket({ name, content: base64Of(bytes), xmlMapping, timeZone });
      if (mine === asked.current) setAnswer({ tried, timeZone });
    } catch (error) {
      if (mine === asked.current) setAnswer(problemOf(error));
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the field and the buttons are everybody's.
    <div className={settingsCss['tryOut']} data-testid="try-ticket" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div className={fieldsCss['field']}>
        <label className={fieldsCss['label']} htmlFor={id}>
          {t('settings.tryTicket')}
        </label>
        <textarea
          id={id}
          rows={5}
          value={text}
          spellCheck={false}
          placeholder={file === null ? '' : file.name}
          aria-describedby={`${id}h`}
          onChange={({ target }) => {
            asked.current++;
            setText(target.value);
            setFile(null);
            setAnswer(null);
          }}
        />
        <span className={fieldsCss['hint']} id={`${id}h`}>
          {t('settings.tryTicketHint')}
        </span>
      </div>
      <div className={buttonCss['buttons']}>
        <button type="button" className={buttonCss['button']} disabled={given.bytes.length === 0} onClick={() => void tryIt(given)}>
          <FlaskConical size={20} aria-hidden />
          {t('settings.tryIt')}
        </button>
        <button type="button" className={buttonCss['button']} onClick={() => chooser.current?.click()}>
          <FileUp size={20} aria-hidden />
          {t('settings.chooseFile')}
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".json,.csv,.xml,.jdf,.xjdf"
          onChange={({ target }) => void take(target.files?.[0])}
        />
      </div>
      <div role="status" ref={told}>
        {answer === 'tooLarge' ? (
          <p>
            <SignMark sign="attention" size={18} /> {t('settings.tooLarge', { most: size(mostTriedBytes, language) })}
          </p>
        ) : answer === null ? null : 'tried' in answer ? (
          <Outcome {...answer} />
        ) : (
          <ProblemLine problem={answer} />
        )}
      </div>
    </div>
  );
}
