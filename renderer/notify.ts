/** In the Electron window: tells the desktop when something on the floor has become red. Elsewhere nothing happens. */
import i18next from 'i18next';
import { notifyFailure } from './client.ts';
import { reasonWords } from './parts/trouble.tsx';
import { floor } from './store.ts';

/** Tells each newly troubled folder once, and each rise of the number of jobs that need somebody. */
export function startNotices(): void {
  if (window.desktop === undefined) return;
  floor.subscribe((now, before) => {
    const troubled = new Set((before.hotFolders ?? []).filter((folder) => folder.state === 'trouble').map((folder) => folder.id));
    const language = i18next.language === 'de' ? 'de' : 'en';
    if (before.hotFolders !== null) {
      for (const folder of now.hotFolders ?? []) {
        if (folder.state === 'trouble' && !troubled.has(folder.id))
          void notifyFailure(folder.name, reasonWords(folder.reasonCode, language)?.what ?? i18next.t('trouble.unknown'));
      }
    }
    if (before.counts !== null && now.counts !== null && now.counts.attention > before.counts.attention) {
      void notifyFailure(i18next.t('trouble.notified'), `${now.counts.attention} ${i18next.t('list.attention')}`);
    }
  });
}
