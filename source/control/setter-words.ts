import type {Setter} from './steering.js';

/**
Who or what changed something, as in `paused by a command`.
*/
export const setterWords: Readonly<Record<Setter, string>> = {
	monitor: 'by a key in the monitor',
	command: 'by a command',
	config: 'by the config',
	time: 'as its time was over',
	count: 'as its requests were used up',
	strikes: 'by strikes',
	guard: 'by a guard',
};
