/** One setting: its name, what it does in a sentence, its default with the way back to it, and what is wrong or was changed meanwhile. */
import { RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import answerCss from '../../parts/answer.module.css';
import buttonCss from '../../parts/button.module.css';
import fieldsCss from '../../parts/fields.module.css';
import { SignMark } from '../../parts/sign.tsx';
import textCss from '../../parts/text.module.css';
import { changedMeanwhile, keepMine, letGo, shownForm, type, useSettingsDraft } from '../../settings-draft.ts';
import { useWords } from '../../words/words.ts';
import { valueWords } from './setting-words.ts';
import settingsCss from './settings.module.css';
import { type FormName, faultOf, formOf } from './settings-form.ts';

type Props = {
  readonly name: FormName;
  /** The field itself; `id` is its own, `about` what describes it. */
  readonly children: (id: string, about: string, faulty: boolean) => ReactNode;
  /** It is several fields, which have names of their own. */
  readonly group?: boolean;
  /** Below the field: what it comes to, such as the time there. */
  readonly more?: ReactNode;
};

export function Setting({ name, children, more, group = false }: Props) {
  const { t, language } = useWords();
  const id = useId();
  const kept = useSettingsDraft();
  const form = shownForm(kept);
  if (form === null || kept.current === null) return null;
  const refused = kept.problem?.fields?.includes(name) === true && kept.problem.code !== 'CONFLICT' ? kept.problem : null;
  const fault = faultOf(name, form, t, language) ?? (refused === null ? null : `${refused.message} ${refused.whatToDo}`);
  const isChanged = changedMeanwhile(kept).includes(name);
  const standard = kept.defaults === null ? null : formOf(kept.defaults);
  const isStandard = standard === null || JSON.stringify(standard[name]) === JSON.stringify(form[name]);
  const label = (
    <>
      {t(`settings.label.${name}`)}
      {name in kept.typed && <span className={textCss['soft']}> · {t('settings.notSaved')}</span>}
    </>
  );
  const Box = group ? 'fieldset' : 'div';
  return (
    <Box className={`${fieldsCss['field']} ${settingsCss['setting']}`} data-setting={name}>
      {group ? (
        <legend className={fieldsCss['label']}>{label}</legend>
      ) : (
        <label className={fieldsCss['label']} htmlFor={id}>
          {label}
        </label>
      )}
      {children(id, `${id}h ${id}f`, fault !== null)}
      {more}
      <p className={fieldsCss['hint']} id={`${id}h`}>
        {t(`settings.hint.${name}`)}
      </p>
      {fault !== null && (
        <p className={fieldsCss['wrong']} id={`${id}f`} role="alert">
          {fault}
        </p>
      )}
      {isChanged && (
        <div className={answerCss['answer']} role="alert" data-testid="changed-meanwhile">
          <SignMark sign="attention" />
          <div>
            <p>{t('settings.meanwhile', { value: valueWords(name, formOf(kept.current), t, language) })}</p>
            <div className={buttonCss['buttons']}>
              <button type="button" className={buttonCss['button']} onClick={() => letGo(name)}>
                {t('settings.takeTheirs')}
              </button>
              <button type="button" className={buttonCss['button']} onClick={() => keepMine(name)}>
                {t('settings.keepMine')}
              </button>
            </div>
          </div>
        </div>
      )}
      {standard !== null && (
        <p className={`${fieldsCss['hint']} ${settingsCss['default']}`}>
          <span>{t('settings.default', { value: valueWords(name, standard, t, language) })}</span>
          {!isStandard && (
            <button type="button" className={buttonCss['plain']} onClick={() => type(name, standard[name])}>
              <RotateCcw size={18} aria-hidden />
              {t('settings.toDefault')}
              <span className={textCss['hidden']}>: {t(`settings.label.${name}`)}</span>
            </button>
          )}
        </p>
      )}
    </Box>
  );
}
