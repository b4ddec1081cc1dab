import process from 'node:process';
import type {Store} from './store.js';
import {titleText} from './title.js';

export type TerminalTitle = Readonly<{
	/**
	Gives the terminal the title back that it had, until `resume`.
	*/
	suspend(): void;
	resume(): void;
	/**
	Gives it back for good.
	*/
	close(): void;
}>;

/**
The kind of title that a tab or a pane of tmux has, saved on the terminal's own stack of them.
*/
const save = '\u{1B}[22;2t';
const giveBack = '\u{1B}[23;2t';
const titled = (text: string) => `\u{1B}]2;${text}\u{1B}\\`;

/**
A title changes at most once a second: some terminals draw their tabs anew each time.
*/
const calmMs = 1000;

/**
Has the title of the terminal say how it stands, until it is closed or the process ends.
*/
export function keepTitle(
	store: Store,
	stdout: NodeJS.WriteStream,
	environment: Readonly<Record<string, string | undefined>>,
): TerminalTitle {
	if (!hasTitle(environment)) {
		const nothing = () => undefined;
		return {suspend: nothing, resume: nothing, close: nothing};
	}

	let shown: string | undefined;
	let isOurs = false;
	let timer: NodeJS.Timeout | undefined;
	const look = () => {
		const text = titleText(store.model());
		if (!isOurs || timer !== undefined || text === shown) {
			return;
		}

		shown = text;
		stdout.write(titled(text));
		timer = setTimeout(() => {
			timer = undefined;
			look();
		}, calmMs);
		timer.unref();
	};

	const resume = () => {
		if (isOurs) {
			return;
		}

		isOurs = true;
		stdout.write(save);
		look();
	};

	const suspend = () => {
		clearTimeout(timer);
		timer = undefined;
		shown = undefined;
		if (!isOurs) {
			return;
		}

		isOurs = false;
		stdout.write(giveBack);
	};

	const unsubscribe = store.subscribe(look);
	process.on('exit', suspend);
	resume();
	return {
		suspend,
		resume,
		close() {
			unsubscribe();
			process.off('exit', suspend);
			suspend();
		},
	};
}

/**
The Linux console has no title, and a terminal that says it is dumb would print it.
*/
const hasTitle = ({
	TERM,
}: Readonly<Record<string, string | undefined>>): boolean =>
	TERM !== undefined && !['', 'linux', 'dumb'].includes(TERM);
