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
