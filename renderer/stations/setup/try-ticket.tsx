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
import { amount, exact, size } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import settingsCss from './settings.module.css';

type Told = TriedTicket['tickets'][number];

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

function Facts({ ticket }: { readonly ticket: Told }) {
  const { t, language } = useWords();
  const { customer, dueAt, startAt, fulfilment } = ticket;
  const who = customer === null ? null : [customer.name, customer.company, customer.email, customer.phone].filter(Boolean).join(', ');
  const when = (at: string | null, dayOnly: boolean): string | null => (at === null ? null : exact(Date.parse(at), language, dayOnly));
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
    ...Object.entries(ticket.attributes),
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

function Outcome({ tried }: { readonly tried: TriedTicket }) {
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
      </div>
    );
  }
  return (
    <div data-testid="ticket-read">
      <p>
        <SignMark sign="done" size={18} /> {t('settings.wouldMake', { count: tried.count })}{' '}
        {tried.readAs !== null && t('settings.readAs', { encoding: tried.readAs })}{' '}
        {tried.count > tried.tickets.length && t('settings.firstOf', { count: tried.tickets.length })}
      </p>
      <ul className={settingsCss['triedTickets']}>
        {tried.tickets.map((ticket) => (
          <Facts key={ticket.number} ticket={ticket} />
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
  const [answer, setAnswer] = useState<TriedTicket | Problem | 'tooLarge' | null>(null);
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
      if (mine === asked.current) setAnswer(tried);
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
      <div role="status">
        {answer === 'tooLarge' ? (
          <p>
            <SignMark sign="attention" size={18} /> {t('settings.tooLarge', { most: size(mostTriedBytes, language) })}
          </p>
        ) : answer === null ? null : 'ok' in answer ? (
          <Outcome tried={answer} />
        ) : (
          <ProblemLine problem={answer} />
        )}
      </div>
    </div>
  );
}
