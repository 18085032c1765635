/** Why a ticket is refused. Thrown by the readers of this folder and turned into a result by `parseTicketFile`; never leaves the folder. */
import type { TicketResult } from '../../../../shared/ticket.ts';
import { type Said, type SaidValue, said, sentence } from '../../../../shared/words/say.ts';

export type TicketFaultCode = Extract<TicketResult, { ok: false }>['code'];

export class TicketFault extends Error {
  readonly code: TicketFaultCode;
  readonly said: Said;

  constructor(code: TicketFaultCode, why: Said) {
    super(inEnglish(why));
    this.name = 'TicketFault';
    this.code = code;
    this.said = why;
  }
}

/** As it is logged, and kept for whoever does not know the key. */
export function inEnglish(why: Said): string {
  const detail = sentence('en', why) ?? why.key;
  return detail.length > 500 ? `${detail.slice(0, 499)}…` : detail;
}

/** Several things in a row. */
export function listOf([first, ...others]: readonly SaidValue[]): SaidValue {
  return others.reduce((list, other) => said('tickets.list', { first: list, other }), first ?? '');
}

/** A sentence that begins with its place in the ticket, where that is known. */
export function at(where: SaidValue, what: Said): Said {
  return where === '' ? what : said('tickets.at', { where, what });
}

const emailForm = /[^\s@]@[^\s@]+\.[^\s@]/u;
const phoneForm = /^\s*[+0(](?:[\s()./-]*\p{Nd}){6,}[\s\p{Nd}()./-]*$/u;
const dateForm = /^\s*\p{Nd}{1,4}([./-])\p{Nd}{1,2}\1\p{Nd}/u;

/** No address that begins in what is quoted ends behind it; looking for a number in more would take the square of its length. */
const lookedAt = 400;

/** Where a column is shifted any field may say where a customer is reached: who reads why a ticket is refused need not see it. */
function contactIn(text: string): Said | null {
  if (emailForm.test(text)) return said('tickets.email');
  return phoneForm.test(text) && !dateForm.test(text) ? said('tickets.phone') : null;
}

/** A piece of the ticket for a sentence: short, no customer's e-mail or telephone number, and with control characters, direction marks and whatever else nobody sees made visible. */
export function quote(text: string): SaidValue {
  const contact = contactIn(text.slice(0, lookedAt));
  if (contact !== null) return contact;
  const quoted = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
  return quoted.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** `line 3, column 7`, counted from 1. */
export function placeOf(text: string, index: number): Said {
  const before = text.slice(0, index);
  const line = before.split('\n').length;
  return said('tickets.lineAndColumn', { line, column: index - before.lastIndexOf('\n') });
}

/** Names that reach the machinery of JavaScript objects; no ticket has a reason to use them. */
export function refuseMachineName(name: string): void {
  if (name === '__proto__' || name === 'constructor' || name === 'prototype')
    throw new TicketFault('HostileTicket', said('tickets.machineName', { name: quote(name) }));
}
