/** The settings of the shop, each with what it does and its default, tried on a real example before it is saved. The admin sees it. */
import { FolderInput } from 'lucide-react';
import { type FormEvent, useEffect } from 'react';
import { languageNames, languages } from '../../../shared/words/form.ts';
import { useFloor } from '../../floor/floor.ts';
import { useNow } from '../../now.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import fieldsCss from '../../parts/fields.module.css';
import { ProblemLine } from '../../parts/problem-line.tsx';
import sectionCss from '../../parts/section.module.css';
import shapeCss from '../../parts/shape.module.css';
import textCss from '../../parts/text.module.css';
import { useMaySetUp } from '../../rights.ts';
import { writeRoute } from '../../route.ts';
import {
  changedMeanwhile,
  hasUnsaved,
  letGoAll,
  loadSettings,
  saveSettings,
  shownForm,
  type,
  useSettingsDraft,
} from '../../settings-draft.ts';
import { clockIn } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { AdminSignIn } from './admin-sign-in.tsx';
import { calendarOf } from './calendar-form.ts';
import { CalendarRows } from './calendar-rows.tsx';
import { useFloatingBar } from './in-sight.ts';
import { MappingRows } from './mapping-rows.tsx';
import { SaveLine } from './save-line.tsx';
import { Setting } from './setting.tsx';
import css from './settings.module.css';
import { type Form, type FormName, faultOf, formNames, mappingOf, patternsIn } from './settings-form.ts';
import { SetupSection } from './setup-section.tsx';
import { TryDue } from './try-due.tsx';
import { TryName } from './try-name.tsx';
import { TryTicket } from './try-ticket.tsx';

/** All this browser knows, and the ones in use, which the hub may know alone. */
function zonesWith(...used: readonly string[]): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...used])].sort();
}

type TextName = { [Name in FormName]: Form[Name] extends string ? Name : never }[FormName];

function TextSetting({ name, form, numeric = false }: { readonly name: TextName; readonly form: Form; readonly numeric?: boolean }) {
  return (
    <Setting name={name}>
      {(id, about, faulty) => (
        <input
          id={id}
          value={form[name]}
          maxLength={100}
          spellCheck={false}
          inputMode={numeric ? 'decimal' : 'text'}
          aria-invalid={faulty}
          aria-describedby={about}
          onChange={({ target }) => type(name, target.value)}
        />
      )}
    </Setting>
  );
}

function ShopPart({ form }: { readonly form: Form }) {
  const { t, language } = useWords();
  const now = useNow();
  const standard = useSettingsDraft((kept) => kept.current?.timeZone ?? form.timeZone);
  return (
    <SetupSection title={t('shop.title')} lead={t('shop.lead')}>
      <div className={`${cardCss['card']} ${fieldsCss['form']}`}>
        <TextSetting name="shopName" form={form} />
        <Setting name="timeZone" more={<p>{t('shop.timeThere', { time: clockIn(form.timeZone, now, language) })}</p>}>
          {(id, about) => (
            <select id={id} value={form.timeZone} aria-describedby={about} onChange={({ target }) => type('timeZone', target.value)}>
              {zonesWith(form.timeZone, standard).map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          )}
        </Setting>
        <Setting
          name="calendar"
          group
          more={
            <TryDue
              calendar={calendarOf(form.calendar)}
              timeZone={form.timeZone}
              isFaulty={faultOf('calendar', form, t, language) !== null}
            />
          }
        >
          {(id, about) => <CalendarRows id={id} about={about} form={form.calendar} change={(calendar) => type('calendar', calendar)} />}
        </Setting>
        <Setting name="language">
          {(id, about) => (
            <select
              id={id}
              value={form.language}
              aria-describedby={about}
              onChange={({ target }) => type('language', languages.find((one) => one === target.value) ?? 'en')}
            >
              {languages.map((one) => (
                <option key={one} value={one} lang={one}>
                  {languageNames[one]}
                </option>
              ))}
            </select>
          )}
        </Setting>
      </div>
    </SetupSection>
  );
}

function StationsPart({ form }: { readonly form: Form }) {
  const { t } = useWords();
  return (
    <SetupSection title={t('settings.atStations')} lead={t('settings.atStationsLead')}>
      <div className={`${cardCss['card']} ${fieldsCss['form']}`}>
        <TextSetting name="askAfterHours" form={form} numeric />
      </div>
    </SetupSection>
  );
}

function FilesPart({ form }: { readonly form: Form }) {
  const { t } = useWords();
  const incoming = useSettingsDraft((kept) => kept.current?.incoming) ?? [];
  return (
    <SetupSection title={t('settings.files')} lead={t('settings.filesLead')}>
      <div className={`${cardCss['card']} ${fieldsCss['form']}`}>
        <div className={fieldsCss['field']}>
          <span className={fieldsCss['label']}>{t('folders.incoming')}</span>
          <ul className={css['plainList']}>
            {incoming.map(({ path }) => (
              <li key={path}>
                <code dir="ltr">{path}</code>
              </li>
            ))}
          </ul>
          <div className={buttonCss['buttons']}>
            <a className={buttonCss['button']} href={writeRoute({ screen: 'folders', edit: null })}>
              <FolderInput size={20} aria-hidden />
              {t('settings.toFolders')}
            </a>
          </div>
        </div>
        <TextSetting name="settleMs" form={form} numeric />
        <TextSetting name="incompleteAfterMs" form={form} numeric />
        <Setting name="namePatterns" more={<TryName patterns={patternsIn(form.namePatterns)} />}>
          {(id, about, faulty) => (
            <textarea
              id={id}
              rows={Math.min(12, Math.max(4, form.namePatterns.split('\n').length + 1))}
              value={form.namePatterns}
              maxLength={4200}
              spellCheck={false}
              className={textCss['mono']}
              aria-invalid={faulty}
              aria-describedby={about}
              onChange={({ target }) => type('namePatterns', target.value)}
            />
          )}
        </Setting>
      </div>
    </SetupSection>
  );
}

function TicketsPart({ form }: { readonly form: Form }) {
  const { t } = useWords();
  return (
    <SetupSection title={t('settings.tickets')} lead={t('settings.ticketsLead')}>
      <div className={`${cardCss['card']} ${fieldsCss['form']}`}>
        <Setting name="xmlMapping" group>
          {(id, about) => <MappingRows id={id} about={about} rows={form.xmlMapping} change={(rows) => type('xmlMapping', rows)} />}
        </Setting>
        <TryTicket xmlMapping={mappingOf(form.xmlMapping)} timeZone={form.timeZone} />
      </div>
    </SetupSection>
  );
}

function SettingsForm() {
  const { t, language } = useWords();
  const kept = useSettingsDraft();
  const online = useFloor((state) => state.connection.kind === 'online');
  const settingsHeard = useFloor((state) => state.settingsHeard);
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody may have changed them.
  useEffect(() => {
    if (online) void loadSettings();
  }, [online, settingsHeard]);
  const form = shownForm(kept);
  const unsaved = hasUnsaved(kept);
  const floats = unsaved || kept.problem !== null;
  const bar = useFloatingBar(floats && form !== null);
  if (form === null)
    return kept.problem === null ? (
      <span className={shapeCss['shape']} style={{ height: 240 }} role="status" aria-label={t('app.loading')} />
    ) : (
      <ProblemLine problem={kept.problem} />
    );
  const isFaulty = formNames.some((name) => name in kept.typed && faultOf(name, form, t, language) !== null);
  const toldAtField = kept.problem?.code === 'CONFLICT' || formNames.some((name) => kept.problem?.fields?.includes(name));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void saveSettings();
  };
  return (
    <form className={css['settings']} onSubmit={submit} data-testid="settings">
      <ShopPart form={form} />
      <FilesPart form={form} />
      <TicketsPart form={form} />
      <StationsPart form={form} />
      <div ref={bar} className={`${css['saveBar']} ${cardCss['card']} ${floats ? css['floats'] : ''}`} data-testid="save-bar">
        {kept.problem !== null && !toldAtField && <ProblemLine problem={kept.problem} />}
        {unsaved && (
          <p>
            {t('settings.unsaved', { count: Object.keys(kept.typed).length })}{' '}
            {changedMeanwhile(kept).length > 0 && <b>{t('settings.decideFirst')}</b>}
          </p>
        )}
        <div className={buttonCss['buttons']}>
          <SaveLine changed={unsaved} allowed={online && !isFaulty && changedMeanwhile(kept).length === 0} saved={kept.saved && !unsaved} />
          {unsaved && (
            <button type="button" className={buttonCss['plain']} onClick={letGoAll}>
              {t('settings.discard')}
            </button>
          )}
        </div>
      </div>
    </form>
  );
}

export function SettingsScreen() {
  const { t } = useWords();
  const maySetUp = useMaySetUp();
  return (
    <div className={sectionCss['page']} data-scrolls>
      <div className={sectionCss['inside']}>
        <div>
          <h1>{t('settings.title')}</h1>
          <p className={textCss['soft']}>{t('settings.lead')}</p>
        </div>
        {maySetUp ? <SettingsForm /> : <AdminSignIn />}
      </div>
    </div>
  );
}
