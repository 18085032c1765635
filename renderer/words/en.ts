/** Everything the screens say, in English. The other languages must have the same keys: `Words` is taken from here. */
export const en = {
  app: {
    overview: 'Overview', presses: 'Presses', folders: 'Folders', welcome: 'Set-up', menu: 'Screens', skip: 'To the content', find: 'Find', language: 'Deutsch', languageHint: 'Show everything in German',
    theme: { auto: 'Auto', light: 'Light', dark: 'Dark' }, themeHint: 'Change between light and dark', demo: 'Demo floor', keys: 'Keys', close: 'Close', signOut: 'Sign out',
    loading: 'Loading', pressStation: 'Press screen',
  },
  connection: {
    connecting: 'Looking for the hub', online: 'Connected', offline: 'Not connected', lost: 'No connection to the hub since {{time}}. What you see is from {{time}}; it will be made current by itself.', tryNow: 'Try now',
    asOf: 'as of {{time}}', waiting_one: '{{count}} entry waits to be sent', waiting_other: '{{count}} entries wait to be sent', offlineProblem: 'The hub cannot be reached.', offlineTodo: 'Nothing is lost. Try again when the connection is back.',
  },
  signIn: {
    title: 'Sign in to this floor', lead: 'Each screen needs the floor’s key once. It is kept in this browser.', where: 'On the computer that runs Printfloor, open the data folder. The key is the one line in the file', whereStation: 'A station has a key of its own; it was shown when the station was set up.',
    label: 'Key', button: 'Sign in', wrong: 'This key is not the right one.', wrongTodo: 'Copy the whole line from the file admin-token, without spaces, and try again.', checking: 'Checking', empty: 'Paste the key first.',
  },
  signs: { done: 'done', attention: 'attention', stop: 'stop', wait: 'in progress', neutral: 'noted' },
  stage: { intake: 'coming in', prepress: 'in prepress', queue: 'before the press', press: 'on the press', printed: 'printed', finishing: 'in finishing', packing: 'in packing', collection: 'for collection', shipped: 'shipped', done: 'done' },
  track: { intake: 'Order', output: 'Print files', production: 'Production', fulfilment: 'Hand-over', review: 'Review', message: 'Messages', mis: 'MIS', record: 'Record', custom: 'Own status', hold: 'Hold' },
  role: { approver: 'approver', prepress: 'prepress', 'press operator': 'press operator', 'customer service': 'customer service', customer: 'customer', planner: 'planner', reception: 'reception', admin: 'admin', 'as named in the reason': 'see the reason' },
  delivery: {
    waiting: 'waits to be sent', copying: 'is being copied', publishing: 'is being handed over', delivered: 'lies in the hot folder', taken: 'taken by the printer', printed: 'printed', refused: 'refused by the printer', lying: 'still lies there', failed: 'not copied', cancelled: 'called off', uncertain: 'not certain',
  },
  job: {
    title: 'Job', number: 'Job', product: 'Product', quantity: 'Quantity', pieces_one: '{{n}} piece', pieces_other: '{{n}} pieces', customer: 'Customer', due: 'Due', start: 'Not before', fulfilment: 'Hand-over', collection: 'Collection', deliveryWay: 'Delivery', priority: 'Priority', notes: 'Notes', hotFolder: 'Hot folder',
    created: 'Arrived', order: 'Order', contact: 'Contact', noProduct: 'no product named', noDue: 'no due date', noFolder: 'no printer yet', facts: 'Ticket', tracks: 'Where it stands', files: 'Files', deliveries: 'Sent to printers', history: 'History', preview: 'Page 1', status: 'Status',
    noFiles: 'No file yet. It appears here as soon as it arrives in an incoming folder.', noDeliveries: 'Not sent to a printer yet.', missing: 'Still missing', version: 'version {{n}}', replaced: 'replaced', current: 'current', send: 'send {{n}}', tries_one: '{{count}} try', tries_other: '{{count}} tries', nextTry: 'next try {{time}}',
    undone: 'undone', undoes: 'Undid: {{what}}', by: 'by {{who}}', at: 'at {{where}}', notFound: 'There is no job with this number.', notFoundTodo: 'Look for it in the overview.', full: 'Open the job page', closeDetail: 'Close the detail', system: 'Printfloor', who: 'turn of: {{who}}', addFile: 'Add a file', adding: 'Adding {{name}}', added: '{{name}} was added',
    openPress: 'Open the press screen', noHistory: 'Nothing has happened yet.', attributes: 'Further details',
  },
  preview: { loading: 'Preview is being drawn', none: 'No preview for this type of file', failed: 'The preview could not be drawn. The print file itself is not touched by that.', empty: 'No file yet', large: 'This file is large ({{size}}).', show: 'Show the preview', alt: 'Page 1 of {{name}}' },
  due: { late: '{{time}} late', in: 'in {{time}}', today: 'today {{time}}', tomorrow: 'tomorrow {{time}}', done: 'was due {{time}}' },
  time: { now: 'now' },
  list: {
    search: 'Number, title, product, customer or file', searchLabel: 'Search jobs', all: 'all jobs', attention: 'need somebody', onFolder: 'for {{name}}', stageGroup: 'Where it is', folderGroup: 'For which printer', clear: 'Show all jobs', empty: 'No job fits this.', emptyTodo: 'Take away a filter or a word.', none: 'No jobs yet.', noneTodo: 'Drop a print file into an incoming folder; its job appears here by itself.',
    newAbove_one: '{{count}} new job above', newAbove_other: '{{count}} new jobs above', movedOn: 'no longer fits the filter', end: 'That is all.', heading: 'Jobs', shownOf: '{{shown}} loaded', columns: { number: 'Job', title: 'Title and product', quantity: 'Quantity', due: 'Due', status: 'Status', folder: 'Hot folder' }, attentionMark: 'Somebody must act: {{why}}',
    failed: 'The list could not be loaded.', retry: 'Load again', andMore: 'and {{n}} more', more: 'All filters', fewer: 'Fewer filters',
  },
  trouble: {
    folder: '{{name}}: {{what}}', since: 'since {{time}}', waiting_one: '{{count}} job waits', waiting_other: '{{count}} jobs wait', raw: 'Raw error', check: 'Check folder', checking: 'Checking the folder', open: 'Open folder', rejected: 'Not accepted', rejectedCount_one: '{{count}} file was not accepted', rejectedCount_other: '{{count}} files were not accepted', noted: 'Noted',
    unknown: 'The reason is not known.', unknownTodo: 'Look at the raw error, or ask the admin.', lies: 'It lies in', tries: 'tries', watching: 'An incoming folder cannot be read: {{path}}', watchingTodo: 'Connect it again or correct the path. Files that lie there are found by themselves.', showAll: 'Show all', showLess: 'Show fewer', notified: 'Somebody is needed',
    unknownFiles_one: '{{count}} file of no known job', unknownFiles_other: '{{count}} files of no known job',
  },
  action: {
    onPress: 'On the press', printed: 'Printed', inFinishing: 'In finishing', inPacking: 'In packing', readyForCollection: 'Ready for collection', shipped: 'Shipped', collected: 'Collected', block: 'Block', release: 'Release', undo: 'Undo: {{what}}', undoShort: 'Undo', sendAgain: 'Send again', sendNow: 'Send', chooseFolder: 'Choose printer', checkFolder: 'Check folder', approve: 'Approve',
    reasonFor: { block: 'Why must it not move on?', sendAgain: 'Why must it be sent again?', release: 'Why may it go on?', chooseFolder: 'Which printer?', goOn: 'Why go on all the same?' },
    reasons: {
      block: ['Wrong paper', 'Wrong colours', 'Question to the customer', 'Machine out of order'], sendAgain: ['Spoiled sheets', 'Printer lost it', 'Wrong settings', 'File was mended'], release: ['Question is answered', 'Fault is mended'], goOn: ['Done by hand', 'Supervisor agreed'],
    },
    otherReason: 'Another reason', otherReasonLabel: 'Reason in your own words', confirm: 'Confirm', cancel: 'Cancel', saving: 'Being saved', waiting: 'Waits for the connection; it is sent by itself', saved: '{{what}}: saved', sent: 'Sending was asked for', refused: 'Not done', goOn: 'Go on all the same', dismiss: 'Understood', next: 'What happened to it?', more: 'Other steps', none: 'Nothing to do here.', goOnFolder: 'Send to {{name}}',
  },
  press: {
    title: 'Press {{name}}', next: 'Next', nothing: 'Nothing waits for this press.', nothingTodo: 'A job appears here by itself as soon as a rule sends it to {{name}}.', queue_one: '{{count}} more', queue_other: '{{count}} more', nextStep: 'Next step', choose: 'Choose a press', leave: 'Office', gone: 'This press no longer exists.', goneTodo: 'Choose another one.', step: { waits: 'Is on its way to the printer. Nothing to do.', lies: 'Lies ready in the hot folder. The printer takes it by itself.', prints: 'Is printing. Press “Printed” when it is done.', held: 'Is held. Nothing moves on until it is released.', failed: 'Somebody must act.' },
    also_one: '{{count}} more problem', also_other: '{{count}} more problems', paused: 'Paused by a person', current: 'in focus', wakeUp: 'Nothing to do',
  },
  folders: {
    title: 'Folders', hot: 'Hot folders', hotLead: 'Where finished print files go: one folder for each printer.', incoming: 'Incoming folders', incomingLead: 'Where print files and tickets arrive. Sub-folders one level down are watched too.', rules: 'Rules', rulesLead: 'Tried from top to bottom; the first that fits decides. When none fits, the job waits and says so.', add: 'Add a hot folder', addRule: 'Add a rule', addIncoming: 'Add a folder', edit: 'Change', remove: 'Remove', removeSure: 'Remove {{name}}?', removeYes: 'Yes, remove', keep: 'Keep', save: 'Save', saved: 'Saved', cancel: 'Cancel', tryOut: 'Try it', trying: 'Trying', tryFirst: 'Try it first; then it can be saved.', browse: 'Browse', newTitle: 'New hot folder', editTitle: 'Change {{name}}',
    state: { ready: 'Ready', paused: 'Paused', trouble: 'Trouble' }, readyHint: 'Files go through.', queued: 'Waiting', lying: 'Lying there', free: 'Free space', clock: 'Clock', roundTrip: 'Round trip', probed: 'Last check', unknown: 'Unknown files', never: 'never', clockSame: 'same time', clockAhead: '{{time}} ahead', clockBehind: '{{time}} behind', notKnown: 'not known', pause: 'Pause', resume: 'Go on', checkNow: 'Check now', jobs: 'Show its jobs', press: 'Press screen', none: 'No hot folder yet.', noneTodo: 'Add one: name it as the shop calls the printer, and give its folder.',
    field: {
      name: 'Name', nameHint: 'As the shop calls the printer', path: 'Folder', pathHint: 'Full path, such as \\\\rip\\hot\\press-1 or /mnt/press-1', location: 'Where it is', local: 'On this computer', network: 'On the network', types: 'Accepted types', typesHint: 'File endings with spaces between; empty means any', template: 'File name there', templateHint: '{name} {order} {job} {title} {product} {quantity} {letter} {version}', contract: 'The web-to-print system behind reads LETTER_ORDER_JOB_ from the file name', outcome: 'Where the printer puts finished files', outcomeNone: 'It only takes them', outcomeKodak: 'Sub-folders as Kodak names them', outcomeNamed: 'Folders of its own', done: 'Folder of printed files', failed: 'Folder of refused files', temp: 'While copying, the file lies', tempAuto: 'where it is best', tempBeside: 'beside the folder', tempInside: 'inside, hidden', tempStaging: 'in a folder of its own', staging: 'Folder for copying', capacity: 'At most this many files at once', capacityHint: 'Empty means any number', takenAfter: 'Taken when gone for (seconds)', lyingAfter: 'Ask for attention when lying there for (minutes)', more: 'More settings',
    },
    probe: { title: 'What was tried', find: 'The folder is there', marker: 'It is the right share', write: 'A file can be written', readBack: 'It reads back the same', rename: 'It can be renamed', noReplace: 'Nothing is ever replaced', delete: 'It can be removed', space: 'There is room', clock: 'The clocks agree', good: 'Everything works. It can be saved.', bad: 'It does not work yet.' },
    rule: {
      all: 'Every job', if: 'If', and: 'and', then: 'then', goes: 'goes to', product: 'product is', size: 'size is', material: 'material is', customer: 'customer is', type: 'file type is', attribute: '{{name}} is', from: 'quantity from', to: 'quantity up to', or: 'or', noFolder: 'no hot folder', up: 'Earlier', down: 'Later', name: 'Name of the rule', values: 'values, with commas between; * stands for any text', target: 'Send it to', addCondition: 'Add a condition', removeCondition: 'Take away', attributeName: 'Attribute', none: 'No rule yet.', noneTodo: 'Add one, or every job will wait for somebody to choose a printer.', newTitle: 'New rule', gone: 'a folder that is gone', condition: { product: 'Product', size: 'Size', material: 'Material', quantity: 'Quantity', customer: 'Customer', attribute: 'Attribute', type: 'File type' }, from2: 'from', to2: 'to',
    },
    settle: 'A file has settled when it lay unchanged for (seconds)', settleHint: '0 is fastest; 2 is safe for most networks', watch: { watching: 'watched', polling: 'looked through regularly', missing: 'cannot be read' },
  },
  welcome: {
    title: 'From nothing to the first printed job', lead: 'Three steps. Each turns green by itself.', step1: 'Files arrive here', step1Wait: 'This folder is being looked for.', step1Done: 'This folder is being watched. Let your shop system, your colleagues or a web-to-print client put print files here.', step2: 'The printer looks here', step2Done: 'This folder is ready: writing, reading back and renaming were tried.', step2Wait: 'Name the folder your printer or RIP watches.', step2Change: 'Use another folder', step3: 'Drop a file', step3Wait: 'Put any PDF into the first folder. Within seconds it lies in the second one, whole and checked.', step3Busy: '{{number}} has arrived and is on its way.', step3Done: '{{number}} lies in the hot folder.', step3Open: 'Open job {{number}}', copy: 'Copy the path', copied: 'Copied', demo: 'Just looking? Try it with a demo floor: three presses, orders that keep coming.', demoCommand: 'npm start -- --demo', finish: 'Go to the overview', progress: '{{done}} of 3 done',
  },
  palette: { title: 'Find and do', hint: 'A job, a screen or something to do', none: 'Nothing fits.', jobs: 'Jobs', screens: 'Screens', actions: 'For job {{number}}', open: 'open', settings: 'This screen' },
  keys: { title: 'Keys', palette: 'Find and do', help: 'Show these keys', search: 'Search', move: 'Next or earlier job', open: 'Open the job', close: 'Close, go back', overview: 'Overview', folders: 'Folders', general: 'Everywhere', list: 'In the list', job: 'For the job in focus' },
} as const;

type Widened<Part> = Part extends string ? string : Part extends readonly string[] ? readonly string[] : { readonly [Key in keyof Part]: Widened<Part[Key]> };
/** What every language must say. */
export type Words = Widened<typeof en>;
