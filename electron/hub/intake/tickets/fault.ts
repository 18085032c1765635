/** Why a ticket is refused. Thrown by the readers of this folder and turned into a result by `parseTicketFile`; never leaves the folder. */
import type { TicketResult } from '../../../../shared/ticket.ts';

export type TicketFaultCode = Extract<TicketResult, { ok: false }>['code'];

export class TicketFault extends Error {
  readonly code: TicketFaultCode;

  constructor(code: TicketFaultCode, detail: string) {
    super(detail.length > 500 ? `${detail.slice(0, 499)}…` : detail);
    this.name = 'TicketFault';
    this.code = code;
  }
}

const emailForm = /[^\s@]@[^\s@]+\.[^\s@]/u;
const phoneForm = /^\s*[+0(](?:[\s()./-]*\p{Nd}){6,}[\s\p{Nd}()./-]*$/u;
const dateForm = /^\s*\p{Nd}{1,4}([./-])\p{Nd}{1,2}\1\p{Nd}/u;

/** Where a column is shifted any field may say where a customer is reached: who reads why a ticket is refused need not see it. */
function contactIn(text: string): string | null {
  if (emailForm.test(text)) return 'what looks like an e-mail address';
  return phoneForm.test(text) && !dateForm.test(text) ? 'what looks like a telephone number' : null;
}

/** A piece of the ticket for a sentence: short, no customer's e-mail or telephone number, and with control characters, direction marks and whatever else nobody sees made visible. */
export function quote(text: string): string {
  const contact = contactIn(text);
  if (contact !== null) return contact;
  const quoted = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
  return quoted.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** `line 3, column 7`, counted from 1. */
export function placeOf(text: string, index: number): string {
  const before = text.slice(0, index);
  const line = before.split('\n').length;
  return `line ${line}, column ${index - before.lastIndexOf('\n')}`;
}

/** Names that reach the machinery of JavaScript objects; no ticket has a reason to use them. */
export function refuseMachineName(name: string): void {
  if (name === '__proto__' || name === 'constructor' || name === 'prototype')
    throw new TicketFault('HostileTicket', `The name ${quote(name)} is not allowed in a ticket.`);
}
