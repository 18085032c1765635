/** Folders: the hot folders with their health, the rules that choose one, where files arrive, and by whose clock. */
import { FolderPlus, Plus, Printer } from 'lucide-react';
import { useState } from 'react';
import { useFloor } from '../../floor/floor.ts';
import answerCss from '../../parts/answer.module.css';
import buttonCss from '../../parts/button.module.css';
import { Empty } from '../../parts/empty.tsx';
import sectionCss from '../../parts/section.module.css';
import shapeCss from '../../parts/shape.module.css';
import { SignMark } from '../../parts/sign.tsx';
import { WhoseFiles } from '../../parts/whose-file.tsx';
import { useMaySetUp } from '../../rights.ts';
import { go, writeRoute } from '../../route.ts';
import { useWhoseFile } from '../../whose-file.ts';
import { useWords } from '../../words/words.ts';
import { FoldedAdminSignIn } from './admin-sign-in.tsx';
import { FolderCard } from './folder-card.tsx';
import { FolderForm } from './folder-form.tsx';
import { Incoming } from './incoming.tsx';
import { Rules } from './rules.tsx';
import { SetupSection } from './setup-section.tsx';

/** `look`: the folder somebody was sent to look at. */
export function FoldersScreen({ edit: asked, look }: { readonly edit: number | 'new' | null; readonly look: number | null }) {
  const { t } = useWords();
  const maySetUp = useMaySetUp();
  const edit = maySetUp ? asked : null;
  const folders = useFloor((state) => state.hotFolders);
  const answered = useWhoseFile((state) => Object.keys(state.told).length > 0);
  const isAsked = useFloor((state) => state.asked.length > 0) || answered;
  const ill = folders?.find(({ state }) => state === 'trouble');
  const [closed, setClosed] = useState(0);
  const close = (): void => {
    setClosed(closed + 1);
    go({ screen: 'folders', edit: null });
  };
  return (
    <div className={sectionCss['page']}>
      <div className={sectionCss['inside']}>
        <h1>{t('folders.title')}</h1>
        {!maySetUp && (
          <div className={answerCss['answer']} data-testid="only-look">
            <SignMark sign="neutral" />
            <p>{t('app.onlyLook')}</p>
          </div>
        )}
        {!maySetUp && <FoldedAdminSignIn />}
        {isAsked && (
          <section aria-label={t('whose.title.file')}>
            <WhoseFiles most={3} />
          </section>
        )}
        <SetupSection
          title={t('folders.hot')}
          lead={t('folders.hotLead')}
          end={
            maySetUp &&
            edit !== 'new' && (
              <a className={buttonCss[folders?.length === 0 ? 'main' : 'button']} href={writeRoute({ screen: 'folders', edit: 'new' })}>
                <FolderPlus size={20} aria-hidden />
                {t('folders.add')}
              </a>
            )
          }
        >
          {edit === 'new' && <FolderForm key={`new ${closed}`} folder={null} close={close} />}
          {folders === null && <span className={shapeCss['shape']} style={{ height: 160 }} role="status" aria-label={t('app.loading')} />}
          {folders?.length === 0 && edit !== 'new' && <Empty icon={Printer} title={t('folders.none')} text={t('folders.noneTodo')} />}
          {folders?.map((folder) =>
            edit === folder.id ? (
              <FolderForm key={folder.id} folder={folder} close={close} />
            ) : (
              <FolderCard key={folder.id} folder={folder} looked={look === folder.id} leads={edit === null && folder === ill} />
            ),
          )}
        </SetupSection>
        {maySetUp && (
          <>
            <Rules icon={Plus} folders={folders ?? []} />
            <Incoming />
          </>
        )}
      </div>
    </div>
  );
}
