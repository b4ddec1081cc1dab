/**
The keys of the monitor by what they do, as they are pressed unless the config binds others: a character as
it is typed, or a name such as `esc`, `pgdn`, `ctrl-d`.
*/
export const monitorKeys = {
	help: ['?'],
	pause: ['p', ' '],
	alias: ['a'],
	switch: [...'123456789'],
	as_asked: ['0'],
	undo: ['u'],
	cap: ['c'],
	raise: ['+'],
	detail: ['enter'],
	down: ['j', 'down'],
	up: ['k', 'up'],
	newest: ['g', 'home'],
	oldest: ['G', 'end'],
	page_down: ['ctrl-d', 'pgdn'],
	page_up: ['ctrl-u', 'pgup'],
	follow: ['f'],
	filter: ['/'],
	sort: ['s'],
	reverse: ['S'],
	span: ['t'],
	day: ['d'],
	sessions: ['o'],
	errors: ['e'],
	resume_one: ['r'],
	cancel: ['x'],
	copy: ['y'],
	back: ['esc'],
	stop: ['Q'],
	redraw: ['ctrl-l'],
	suspend: ['ctrl-z'],
	quit: ['q'],
	leave: ['ctrl-c'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type KeyName = keyof typeof monitorKeys;
/**
What each of them is pressed by.
*/
export type Bindings = Readonly<Record<KeyName, readonly string[]>>;

/**
Those that stay as they are: a digit stands for the alias of that number, and there is always a way out.
*/
export const fixedKeys = ['switch', 'as_asked', 'leave'] as const;
export type FixedKey = (typeof fixedKeys)[number];
export type BoundKey = Exclude<KeyName, FixedKey>;

/**
What may be written for one, and is not a single character.
*/
export const pressNames = [
	'space',
	'enter',
	'esc',
	'tab',
	'backspace',
	'up',
	'down',
	'left',
	'right',
	'pgup',
	'pgdn',
	'home',
	'end',
] as const;

/**
A press as it is written in the config and shown on the screen.
*/
export const showPress = (press: string): string =>
	press === ' ' ? 'space' : press;

/**
The answers while the monitor asks what to do at a cap, digits beside them. No other key may be pressed by one of
these, or it would answer instead.
*/
export const answersAtCap: Readonly<
	Record<'+' | 'f' | 'n', BoundKey | undefined>
> = {'+': 'raise', f: 'follow', n: undefined};
