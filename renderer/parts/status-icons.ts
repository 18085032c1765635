/** The icons that statuses name. A status with an icon that is not here does not compile. */
import {
  BadgeCheck, Bookmark, BookmarkX, Building, CalendarCheck, CalendarClock, CircleDashed, CircleHelp, ClipboardCheck, Eraser, Eye, EyeOff, FileCheck, FileCheck2, FileClock, FileCog, FileMinus, FileOutput, FileQuestion, FileX, FolderCheck, FolderX, Hand, Hourglass, Inbox, Layers, ListChecks, ListX, type LucideIcon, Mail, MailMinus, MailPlus, MailWarning, MailX, MessageSquare, MessageSquareText, OctagonX, PackageCheck, PackageOpen, Palette, Printer, PrinterCheck, Puzzle, RefreshCw, Repeat, Scissors, ScrollText, ShoppingBasket, SkipForward, Split, Tag, ThumbsDown, ThumbsUp, Truck, Unplug, Upload, UserCheck, Zap,
} from 'lucide-react';
import { type builtInCustomStatuses, type StatusCode, statuses } from '../../shared/status.ts';

type IconName = (typeof statuses)[StatusCode]['icon'] | (typeof builtInCustomStatuses)[keyof typeof builtInCustomStatuses]['icon'];

export const statusIcons: Readonly<Record<IconName, LucideIcon>> = {
  'badge-check': BadgeCheck, bookmark: Bookmark, 'bookmark-x': BookmarkX, building: Building, 'calendar-check': CalendarCheck, 'calendar-clock': CalendarClock, 'circle-dashed': CircleDashed, 'circle-help': CircleHelp, 'clipboard-check': ClipboardCheck, eraser: Eraser, eye: Eye, 'eye-off': EyeOff, 'file-check': FileCheck, 'file-check-2': FileCheck2, 'file-clock': FileClock, 'file-cog': FileCog, 'file-minus': FileMinus, 'file-output': FileOutput, 'file-question': FileQuestion, 'file-x': FileX, 'folder-check': FolderCheck, 'folder-x': FolderX, hand: Hand, hourglass: Hourglass, inbox: Inbox, layers: Layers, 'list-checks': ListChecks, 'list-x': ListX, mail: Mail, 'mail-minus': MailMinus, 'mail-plus': MailPlus, 'mail-warning': MailWarning, 'mail-x': MailX, 'message-square': MessageSquare, 'message-square-text': MessageSquareText, 'octagon-x': OctagonX, 'package-check': PackageCheck, 'package-open': PackageOpen, palette: Palette, printer: Printer, 'printer-check': PrinterCheck, puzzle: Puzzle, 'refresh-cw': RefreshCw, repeat: Repeat, scissors: Scissors, 'scroll-text': ScrollText, 'shopping-basket': ShoppingBasket, 'skip-forward': SkipForward, split: Split, tag: Tag, 'thumbs-down': ThumbsDown, 'thumbs-up': ThumbsUp, truck: Truck, unplug: Unplug, upload: Upload, 'user-check': UserCheck, zap: Zap,
};

export function statusIcon(code: StatusCode): LucideIcon {
  return statusIcons[statuses[code].icon];
}
