/** Which names are tickets and which are print files, by their extension. What a hot folder accepts beyond these is its own setting. */
import { splitName } from '../../../shared/safe-name.ts';

export const ticketTypes = ['json', 'csv', 'xml', 'jdf', 'xjdf'] as const;
export type TicketType = (typeof ticketTypes)[number];

/** What presses and RIPs commonly take. */
export const printTypes = ['pdf', 'ps', 'eps', 'ai', 'tif', 'tiff', 'jpg', 'jpeg', 'png', 'zip'] as const;

/** The extension in lower case without the dot; empty where the name has none. */
export function typeOf(name: string): string {
  return splitName(name).extension.toLowerCase();
}

export function isTicketType(type: string): type is TicketType {
  return ticketTypes.some((known) => known === type);
}
