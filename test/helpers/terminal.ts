import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';

type Size = Readonly<{columns?: number; rows?: number}>;

/**
A program in a real pseudo-terminal with a real screen buffer, in this process.
*/
export class Terminal {
	/**
	All that the program wrote, as it came.
	*/
	readonly raw: string[] = [];
	/**
	Settles once its last bytes are on the screen too.
	*/
	readonly exited: Promise<{exitCode: number; signal?: number | undefined}>;
	readonly #pty: pty.IPty;
	readonly #screen: InstanceType<typeof headless.Terminal>;

	constructor(
		command: readonly string[],
		{
			columns = 60,
			rows = 30,
			environment = {},
			cwd = process.cwd(),
			file = process.execPath,
		}: Size &
			Readonly<{
				environment?: Readonly<Record<string, string | undefined>>;
				cwd?: string;
				/** What is run; this Node unless told. */
				file?: string;
			}> = {},
	) {
		this.#screen = new headless.Terminal({
			cols: columns,
			rows,
			allowProposedApi: true,
		});
		this.#pty = pty.spawn(file, [...command], {
			cols: columns,
			rows,
			cwd,
			name: 'xterm-256color',
			env: terminalEnvironment(environment),
		});
		this.#pty.onData((data) => {
			this.raw.push(data);
			this.#screen.write(data);
		});
		this.exited = new Promise((resolve) => {
			this.#pty.onExit((result) => {
				// The last bytes may still be in the pseudo-terminal or in the parser.
				setTimeout(() => {
					this.#screen.write('', () => {
						resolve(result);
					});
				}, 100);
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	get isAlternate(): boolean {
		return this.#screen.buffer.active.type === 'alternate';
	}

	press(keys: string): void {
		this.#pty.write(keys);
	}

	kill(signal: string): void {
		this.#pty.kill(signal);
	}

	resize(columns: number, rows: number): void {
		this.#screen.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	lines(): string[] {
		const buffer = this.#screen.buffer.active;
		return Array.from(
			{length: this.#screen.rows},
			(_, index) =>
				buffer.getLine(buffer.viewportY + index)?.translateToString(true) ?? '',
		);
	}

	text(): string {
		return this.lines().join('\n');
	}

	/**
	Lines that the terminal had to go on with in the next row, as they were longer than it is wide.
	*/
	brokenLines(): string[] {
		const buffer = this.#screen.buffer.active;
		return this.lines().filter(
			(_, index) => buffer.getLine(buffer.viewportY + index)?.isWrapped,
		);
	}

	async waitFor(
		check: (text: string) => boolean,
		timeoutMs = 15_000,
	): Promise<void> {
		const end = Date.now() + timeoutMs;
		while (Date.now() < end) {
			if (check(this.text())) {
				return;
			}

			await delay(20);
		}

		throw new Error(`The screen never matched:\n${this.text()}`);
	}
}

/**
What a person's terminal would set; nothing of what the test runner sets for itself.
*/
const terminalEnvironment = (
	given: Readonly<Record<string, string | undefined>>,
): Record<string, string> => {
	const {
		CI: _ci,
		NO_COLOR: _noColour,
		FORCE_COLOR: _forceColour,
		NODE_ENV: _nodeEnvironment,
		VITEST: _vitest,
		...rest
	} = process.env;
	return Object.fromEntries(
		Object.entries({...rest, LANG: 'C.UTF-8', ...given}).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		),
	);
};
