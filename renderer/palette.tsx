/** Find and do: jobs, screens and actions in one box, by keyboard alone. What it offers stands in palette-options.ts. */
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useState } from 'react';
import { currentMeaning, whenAlone } from './input/alone.ts';
import css from './palette.module.css';
import { type Option, useOffer } from './palette-options.ts';
import emptyCss from './parts/empty.module.css';
import { FoundJob } from './parts/found-job.tsx';
import { SheetBox } from './parts/sheet-box.tsx';
import { takeFocus } from './parts/take-focus.ts';
import textCss from './parts/text.module.css';
import type { Route } from './route.ts';
import { openSheet, useSheet } from './sheet.ts';
import { useWords } from './words/words.ts';

type RowProps = {
  readonly option: Option;
  readonly q: string;
  readonly id: string;
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly run: (option: Option) => void;
};

function inSight(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

function Row({ option, q, id, chosen, choose, run }: RowProps) {
  // The list that moves under a mouse that rests chooses nothing.
  const point = ({ movementX, movementY }: PointerEvent): void => {
    if (movementX !== 0 || movementY !== 0) choose();
  };
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      ref={chosen ? inSight : null}
      aria-selected={chosen}
      className={css['option']}
      onPointerMove={point}
      onClick={() => run(option)}
    >
      {option.kind === 'job' ? (
        <FoundJob job={option.job} q={q} />
      ) : (
        <>
          <option.icon size={20} aria-hidden />
          <bdi className={textCss['cut']}>{option.name}</bdi>
          <span className={css['end']}>{option.chord}</span>
        </>
      )}
    </button>
  );
}

/** The row an arrow leads to; null: it is another key. */
function rowAfter(key: string, at: number, count: number): number | null {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  return Math.max(0, Math.min(count - 1, at + (key === 'ArrowDown' ? 1 : -1)));
}

const changesJob = (option: Option): boolean => option.kind === 'doing' && option.changesJob;

export function Palette({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const id = useId();
  // What was typed while this part of the page was on its way.
  const [text, setText] = useState(() => useSheet.getState().typed.text);
  /** The row somebody went to; before that it is the first of what was typed, and none where nothing was: what changes a job is never done unasked. */
  const [picked, pick] = useState<string | null>(null);
  /** Enter was pressed before the hub had said what it finds for this text. */
  const [entered, setEntered] = useState(() => (useSheet.getState().typed.entered ? text : null));
  const { options, answered } = useOffer(route, text);
  const pickedAt = options.findIndex(({ key }) => key === picked);
  const chosenAt = pickedAt >= 0 || text.trim() === '' ? pickedAt : options.length === 0 ? -1 : 0;
  const chosen = options[chosenAt];
  const rows = options.map((option, row) => ({ option, row }));
  const run = (option: Option): void => {
    openSheet(null);
    option.run();
  };
  const meant = answered && entered === text && text.trim() !== '' && chosen !== undefined && !changesJob(chosen) ? chosen : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known what is meant
  useEffect(() => {
    if (meant !== null) run(meant);
  }, [meant === null]);
  const press = (event: KeyboardEvent): void => {
    const to = rowAfter(event.key, chosenAt, options.length);
    if (to !== null) {
      event.preventDefault();
      pick(options[to]?.key ?? null);
    } else if (event.key === 'Enter' && currentMeaning().kind === 'press') {
      if (chosen === undefined) setEntered(answered ? null : text);
      else if (changesJob(chosen)) whenAlone(() => run(chosen));
      else run(chosen);
    }
  };
  return (
    <SheetBox label={t('palette.title')} className={css['palette']}>
      <input
        ref={takeFocus}
        data-typed
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={id}
        aria-activedescendant={chosen === undefined ? undefined : `${id}${chosenAt}`}
        value={text}
        maxLength={200}
        placeholder={t('palette.hint')}
        aria-label={t('palette.hint')}
        onKeyDown={press}
        onChange={(event) => {
          setText(event.target.value);
          pick(null);
          setEntered(null);
        }}
      />
      <div className={css['found']} id={id} role="listbox" aria-label={t('palette.title')}>
        {[...Map.groupBy(rows, ({ option }) => option.group)].map(([group, members]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list of options.
          <div key={group} role="group" aria-label={group}>
            <p className={css['groupName']} aria-hidden>
              <bdi>{group}</bdi>
            </p>
            {members.map(({ option, row }) => (
              <Row
                key={option.key}
                option={option}
                q={text}
                id={`${id}${row}`}
                chosen={row === chosenAt}
                choose={() => pick(option.key)}
                run={run}
              />
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={options.length === 0 && answered ? emptyCss['empty'] : textCss['hidden']}>
        {options.length === 0 && answered && t('palette.none')}
      </p>
    </SheetBox>
  );
}
