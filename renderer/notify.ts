/** In the Electron window: tells the desktop when something on the floor has become red. Elsewhere nothing happens. */
import { notifyFailure } from './client.ts';
import { floor } from './floor/floor.ts';
import { reasonWords } from './parts/trouble.tsx';
import { wordsNow } from './words/words.ts';

/** Tells each newly troubled folder once, and each rise of the number of jobs that need somebody. */
export function startNotices(): void {
  if (window.desktop === undefined) return;
  floor.subscribe((now, before) => {
    const troubled = new Set((before.hotFolders ?? []).filter((folder) => folder.state === 'trouble').map((folder) => folder.id));
    const { t, language } = wordsNow();
    if (before.hotFolders !== null) {
      for (const folder of now.hotFolders ?? []) {
        if (folder.state === 'trouble' && !troubled.has(folder.id))
          void notifyFailure(folder.name, reasonWords(folder.reasonCode, language)?.what ?? t('trouble.unknown'));
      }
    }
    if (before.counts !== null && now.counts !== null && now.counts.attention > before.counts.attention) {
      void notifyFailure(t('trouble.notified'), `${now.counts.attention} ${t('list.attention', { count: now.counts.attention })}`);
    }
  });
}
