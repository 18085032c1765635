/** The tokens of stations and programs: when each was last used, and how one is made and revoked. */
import { KeyRound, MonitorSmartphone, Plus, ShieldUser } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Problem, Station } from '../../../shared/api.ts';
import { hub, problemOf, whileShown } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';
import { hubNow } from '../../hub-clock.ts';
import { escapeOf } from '../../input/escape.ts';
import { useNow } from '../../now.ts';
import askCss from '../../parts/ask.module.css';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import { CopyBox } from '../../parts/copy-box.tsx';
import { Empty } from '../../parts/empty.tsx';
import fieldsCss from '../../parts/fields.module.css';
import { Field, isNoNumber, isOutside, numberIn } from '../../parts/fields.tsx';
import { Moment } from '../../parts/job-words.tsx';
import { ProblemLine } from '../../parts/problem-line.tsx';
import signCss from '../../parts/sign.module.css';
import textCss from '../../parts/text.module.css';
import { useTold } from '../../told.tsx';
import { exact } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { SetupSection } from './setup-section.tsx';
import css from './tokens.module.css';

const dayMs = 24 * 60 * 60_000;
/** One that ends at once is of no use; what is to last longer has no end. */
const daysBetween = { least: 0.01, most: 3650 };

function TokenLine({ station, onChange }: { readonly station: Station; readonly onChange: () => void }) {
  const { t, language } = useWords();
  const now = useNow();
  const [step, setStep] = useState<'told' | 'asked' | 'busy'>('told');
  const [problem, setProblem] = useState<Problem | null>(null);
  const { name, role, lastSeenAt, lastSeenFrom, endsAt } = station;
  const Icon = role === 'admin' ? ShieldUser : MonitorSmartphone;
  const revoke = async (): Promise<void> => {
    setStep('busy');
    try {
      await hub().stations.remove({ id: station.id });
      onChange();
    } catch (error) {
      const problem = problemOf(error);
      // Revoked at another screen meanwhile: that is what was wanted.
      if (problem.code === 'NOT_FOUND') return onChange();
      setProblem(problem);
      setStep('told');
    }
  };
  const ends = endsAt === null ? null : Date.parse(endsAt);
  const isOver = ends !== null && ends <= now;
  return (
    <li className={isOver ? textCss['soft'] : undefined} data-token={station.id} data-over={isOver}>
      {isOver ? <KeyRound className={signCss['sign']} size={20} aria-hidden /> : <Icon className={signCss['sign']} size={20} aria-hidden />}
      <div>
        <p className={css['say']}>
          {isOver ? (
            <s>
              <bdi>{name}</bdi>
            </s>
          ) : (
            <bdi>{name}</bdi>
          )}
        </p>
        <p className={textCss['soft']}>
          {isOver && <b>{t('security.ended', { when: exact(ends, language) })} · </b>}
          {t(`security.role.${role}`)}
          {' · '}
          {lastSeenAt === null ? (
            t('security.neverUsed')
          ) : (
            <>
              {t('security.lastUsed')} <Moment at={lastSeenAt} telling="ago" />
              {lastSeenFrom !== null && ` ${t('security.from', { address: lastSeenFrom })}`}
            </>
          )}
          {ends !== null && !isOver && ` · ${t('security.ends', { when: exact(ends, language) })}`}
        </p>
        {step !== 'told' && (
          <section className={askCss['ask']} data-testid="revoke">
            <h4>
              <bdi>{t('security.revokeSure', { name })}</bdi>
            </h4>
            <div className={buttonCss['buttons']}>
              <button type="button" className={buttonCss['button']} disabled={step === 'busy'} onClick={() => void revoke()}>
                {t('security.revokeYes')}
              </button>
              <button
                type="button"
                data-escape="leave"
                className={buttonCss['button']}
                disabled={step === 'busy'}
                onClick={() => setStep('told')}
              >
                {t('security.keep')}
              </button>
            </div>
          </section>
        )}
        {problem !== null && <ProblemLine problem={problem} />}
      </div>
      {step === 'told' && (
        <button type="button" className={buttonCss['button']} onClick={() => setStep('asked')}>
          {t('security.revoke')}
        </button>
      )}
    </li>
  );
}

/** Told once: the hub keeps no token. */
function MadeToken({ name, token, done }: { readonly name: string; readonly token: string; readonly done: () => void }) {
  const { t } = useWords();
  const told = useTold<HTMLHeadingElement>();
  return (
    <section className={askCss['ask']} data-testid="made-token">
      <h4 ref={told}>
        <bdi>{t('security.made', { name })}</bdi>
      </h4>
      <CopyBox path={token} />
      <p>{t('security.madeTodo')}</p>
      <div className={buttonCss['buttons']}>
        <button type="button" data-escape="stay" className={buttonCss['main']} onClick={done}>
          {t('security.madeDone')}
        </button>
      </div>
    </section>
  );
}

function TokenForm({ close, onMade }: { readonly close: () => void; readonly onMade: (name: string, token: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Station['role']>('station');
  const [days, setDays] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const canMake = name.trim() !== '' && !isNoNumber(days) && !isOutside(days, daysBetween);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      const after = numberIn(days);
      const endsAt = after === null ? null : new Date(hubNow() + after * dayMs).toISOString();
      const made = await hub().stations.create({ name, role, endsAt });
      onMade(made.name, made.token);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canMake) void make();
  };
  return (
    <form className={`${cardCss['card']} ${fieldsCss['form']}`} onSubmit={submit} data-testid="token-form">
      <Field label={t('security.name')} hint={t('security.nameHint')} value={name} focus onChange={setName} />
      <div className={fieldsCss['field']}>
        <label className={fieldsCss['label']} htmlFor={id}>
          {t('security.may')}
        </label>
        <select id={id} value={role} onChange={(event) => setRole(event.target.value === 'admin' ? 'admin' : 'station')}>
          <option value="station">{t('security.role.station')}</option>
          <option value="admin">{t('security.role.admin')}</option>
        </select>
      </div>
      <Field label={t('security.days')} hint={t('security.daysHint')} numeric between={daysBetween} value={days} onChange={setDays} />
      {problem !== null && <ProblemLine problem={problem} />}
      <div className={buttonCss['buttons']}>
        <button type="submit" className={buttonCss['main']} disabled={busy || !canMake}>
          <KeyRound size={20} aria-hidden />
          {t('security.make')}
        </button>
        <button type="button" data-escape={escapeOf([name, days], ['', ''])} className={buttonCss['button']} onClick={close}>
          {t('security.cancel')}
        </button>
      </div>
    </form>
  );
}

export function Tokens() {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const [stations, setStations] = useState<readonly Station[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks anew.
  useEffect(() => {
    if (!online) return;
    return whileShown(hub().stations.list(), ({ items }) => setStations(items), setProblem);
  }, [online, turn]);
  const askAnew = (): void => setTurn((before) => before + 1);
  return (
    <SetupSection
      title={t('security.tokens')}
      lead={t('security.tokensLead')}
      end={
        !adding && (
          // While a new key is to be copied that comes first.
          <button type="button" className={made === null ? buttonCss['main'] : buttonCss['button']} onClick={() => setAdding(true)}>
            <Plus size={20} aria-hidden />
            {t('security.make')}
          </button>
        )
      }
    >
      {made !== null && <MadeToken {...made} done={() => setMade(null)} />}
      {adding && (
        <TokenForm
          close={() => setAdding(false)}
          onMade={(name, token) => {
            setMade({ name, token });
            setAdding(false);
            askAnew();
          }}
        />
      )}
      {problem !== null && <ProblemLine problem={problem} />}
      {stations?.length === 0 && <Empty icon={KeyRound} title={t('security.none')} text={t('security.noneTodo')} />}
      {stations !== null && stations.length > 0 && (
        <ul className={`${cardCss['card']} ${css['tokens']}`} data-testid="tokens">
          {stations.map((station) => (
            <TokenLine key={`${station.id} ${station.createdAt}`} station={station} onChange={askAnew} />
          ))}
        </ul>
      )}
    </SetupSection>
  );
}
