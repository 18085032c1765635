/** Which names are tickets and which are print files, by their extension. What a hot folder accepts beyond these is its own setting. */
import { splitName } from '../../../shared/safe-name.ts';

export const ticketTypes = ['json', 'csv', 'xml', 'jdf', 'xjdf'] as const;
export type TicketType = (typeof ticketTypes)[number];

/** What presses and RIPs commonly take. */
export const printTypes = ['pdf', 'ps', 'eps', 'ai', 'tif', 'tiff', 'jpg', 'jpeg', 'png', 'zip'] as const;

/** What some computer runs when it is opened, or is led elsewhere by. No print file, whatever a hot folder takes. */
const programTypes: ReadonlySet<string> = new Set(
  [
    'exe com bat cmd scr pif cpl dll sys drv ocx msi msp mst msix appx msixbundle appxbundle',
    'ps1 psm1 psd1 vbs vbe js jse mjs cjs wsf wsh hta sct lnk url scf reg inf chm jar jnlp application gadget settingcontent-ms library-ms',
    'sh bash zsh csh ksh fish command tool action workflow scpt applescript app pkg dmg dylib kext so elf run appimage deb rpm apk desktop service',
    'py pyc pyw pl pm rb php lua tcl',
  ].flatMap((line) => line.split(' ')),
);

export function isProgramType(type: string): boolean {
  return programTypes.has(type);
}

/** The extension in lower case without the dot; empty where the name has none. */
export function typeOf(name: string): string {
  return splitName(name).extension.toLowerCase();
}

export function isTicketType(type: string): type is TicketType {
  return ticketTypes.some((known) => known === type);
}
