/** Which names are tickets and which are print files, by their extension. What a hot folder accepts beyond these is its own setting. */
import { splitName } from '../../../shared/safe-name.ts';

export const ticketTypes = ['json', 'csv', 'xml', 'jdf', 'xjdf'] as const;
export type TicketType = (typeof ticketTypes)[number];

/** What presses and RIPs commonly take. */
export const printTypes = ['pdf', 'ps', 'eps', 'ai', 'tif', 'tiff', 'jpg', 'jpeg', 'png', 'zip'] as const;

/** What some computer runs when it is opened, is led elsewhere by, or mounts with all that is in it. No print file, whatever a hot folder takes. SVG is none of them: cutters take it. */
const programTypes: ReadonlySet<string> = new Set(
  [
    'exe com bat cmd scr pif cpl dll sys drv ocx msi msp mst msix appx msixbundle appxbundle appinstaller appref-ms application gadget theme themepack',
    'ps1 ps1xml psm1 psd1 pssc cdxml vb vbs vbe js jse mjs cjs ws wsc wsf wsh hta sct msc lnk url website scf reg inf ins isp chm hlp jar jnlp xll',
    'settingcontent-ms library-ms search-ms searchconnector-ms diagcab diagcfg diagpkg mcl mht mhtml html htm xhtml xht shtml swf',
    'iso img vhd vhdx vmdk docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam sldm',
    'sh bash zsh csh ksh fish command tool action workflow scpt applescript app pkg mpkg dmg dylib kext so elf run appimage deb rpm apk desktop service',
    'py pyc pyw pyz pyzw pl pm rb php phar lua tcl terminal fileloc inetloc webloc',
  ].flatMap((line) => line.split(' ')),
);

export function isProgramType(type: string): boolean {
  return programTypes.has(type);
}

/** The extension in lower case without the dot; empty where the name has none. Of programs also what is too long for one, or has a hyphen in it. */
export function typeOf(name: string): string {
  const { extension } = splitName(name);
  if (extension !== '') return extension.toLowerCase();
  const ending = /\.([a-z-]{2,30})$/.exec(name.toLowerCase())?.[1] ?? '';
  return isProgramType(ending) ? ending : '';
}

export function isTicketType(type: string): type is TicketType {
  return ticketTypes.some((known) => known === type);
}
