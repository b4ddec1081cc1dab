import {monitorKeys, showPress, type BoundKey} from './monitor-keys.js';
import {presses} from './press-kinds.js';
import {setting, type Setting} from './setting.js';

const meanings: Readonly<Record<BoundKey, string>> = {
	help: 'Shows the keys.',
	pause: 'Pauses the agent, and lets it go on.',
	alias: 'Shows the aliases, to pick one.',
	undo: 'Takes the last switch back.',
	cap: "Changes today's cap.",
	raise: "Raises today's cap by a step.",
	detail: 'Shows one request; uses the alias that is picked.',
	down: 'Moves down.',
	up: 'Moves up.',
	newest: 'Goes to the newest.',
	oldest: 'Goes to the oldest.',
	page_down: 'Moves down half a page.',
	page_up: 'Moves up half a page.',
	follow: 'Follows the newest again.',
	filter: 'Lists only what matches.',
	sort: 'Sorts the list by the next column.',
	reverse: 'Turns the order of the list round.',
	span: 'Changes how far back the sparklines go.',
	day: 'Shows the day.',
	sessions: 'Shows the sessions.',
	errors: 'Shows the errors.',
	resume_one: 'Lets one held request go.',
	cancel: 'Cancels one request.',
	copy: 'Copies one request.',
	back: 'Goes one step back.',
	stop: 'Stops the passthrough and leaves.',
	redraw: 'Draws the screen anew.',
	suspend: 'Goes to the shell, until `fg`.',
	quit: 'Leaves; the passthrough goes on.',
};

const written = (name: BoundKey): unknown => {
	const names = monitorKeys[name].map((press) => showPress(press));
	return names.length === 1 ? names[0] : names;
};

/**
What each key of the monitor is pressed by.
*/
export const monitorKeySettings = Object.fromEntries(
	(Object.keys(meanings) as BoundKey[]).map((name) => [
		name,
		setting(name, presses, {otherwise: written(name), help: meanings[name]}),
	]),
) as Readonly<Record<BoundKey, Setting<readonly string[]>>>;
