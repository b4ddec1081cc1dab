import process from 'node:process';
import {commandNamed, dashed} from './commands/command-named.js';
import type {Command, FlagKind, Given} from './commands/command.js';
import {commands, type CommandName} from './commands/commands.js';
import {usage} from './commands/usage.js';
import {nearest} from './config/nearest.js';
import {printable} from './config/printable.js';
import {keepTrace} from './crash-log.js';
import {systemErrorInWords} from './system-error.js';
import {UserError} from './user-error.js';
import {version} from './version.js';

/**
Starts a command. The one place that prints an error and sets the exit code.
*/
export async function run(argv: readonly string[]): Promise<void> {
	process.stdout.on('error', tellLostOutput);
	process.stderr.on('error', () => {
		// There is nowhere else to say so.
	});
	process.once('uncaughtException', (error) => {
		crash(error, ownWords(argv));
	});
	try {
		await dispatch(argv);
	} catch (error) {
		const told = error instanceof UserError ? error : systemErrorInWords(error);
		if (told === undefined) {
			crash(error, ownWords(argv));
			return;
		}

		process.stderr.write(`${told.message}\n${told.hint}\n`);
		process.exitCode = told.exitCode;
	}
}

async function dispatch(argv: readonly string[]): Promise<void> {
	const name = commandNamed(ownWords(argv));
	const command: Command = commands[name];
	const own = command.runsAnother ? ownWords(argv) : argv;
	const {flags, input} = await parsed(name, own);
	if (flags['version'] === true) {
		process.stdout.write(`${version}\n`);
		return;
	}

	if (flags['help'] === true) {
		process.stdout.write(`${usage(name)}\n`);
		return;
	}

	if (command.runsAnother) {
		refuseWithoutDashes(name, input);
	}

	refuseStrange(name, {flags, input});
	await command.run({
		flags,
		input,
		...(own.length < argv.length && {behind: argv.slice(own.length + 1)}),
	});
}

/**
The words before `--`.
*/
function ownWords(argv: readonly string[]): readonly string[] {
	const dashes = argv.indexOf('--');
	return dashes === -1 ? argv : argv.slice(0, dashes);
}

function refuseWithoutDashes(
	name: CommandName,
	[program]: readonly string[],
): void {
	if (program !== undefined) {
		throw new UserError(
			`The command to ${name} stands behind two dashes, so that its options are its own.`,
			`Write: tollgate ${name} -- ${printable(program)} …`,
			{exitCode: 2},
		);
	}
}

const everywhere = {
	home: {type: 'string'},
	help: {type: 'boolean', shortFlag: 'h'},
	version: {type: 'boolean'},
} as const;

/**
A command alone has nothing to be understood: for a line that is printed every second, understanding
that would take as long as the rest.
*/
async function parsed(
	name: CommandName,
	argv: readonly string[],
): Promise<Given> {
	refuseValues(name, argv);
	if (argv.every((word) => word === name)) {
		return {flags: defaultsOf(commands[name]), input: argv.slice(1)};
	}

	const {default: meow} = await import('meow');
	try {
		const {flags, input} = meow(usage(name), {
			importMeta: import.meta,
			pkg: {name: 'tollgate', version},
			description: false,
			argv: [...argv],
			autoHelp: false,
			autoVersion: false,
			allowUnknownFlags: true,
			flags: {...commands[name].flags, ...everywhere},
		});
		return {
			flags,
			input: name === 'monitor' ? input : input.slice(1),
		};
	} catch (error) {
		// It throws for one thing alone: a flag given twice.
		throw new UserError((error as Error).message, helpFor(name), {
			exitCode: 2,
			cause: error,
		});
	}
}

const defaultsOf = ({flags}: Command): Given['flags'] =>
	Object.fromEntries(
		Object.entries(flags).flatMap(([flag, kind]) =>
			kind.default === undefined ? [] : [[flag, kind.default]],
		),
	);

/**
A flag that is there or not does not hear what follows "=", and would do something else than was meant.
*/
function refuseValues(name: CommandName, argv: readonly string[]): void {
	const {flags}: Command = commands[name];
	const kinds: ReadonlyArray<[string, FlagKind]> = [
		...Object.entries(flags),
		...Object.entries(everywhere),
		['h', everywhere.help],
	];
	for (const word of argv) {
		const {flag} = /^(?<flag>-[^=]+)=/v.exec(word)?.groups ?? {};
		const [meant, kind] =
			kinds.find(([one]) => [dashed(one), `--${one}`].includes(flag ?? '')) ??
			[];
		if (meant !== undefined && kind?.type === 'boolean') {
			throw new UserError(
				`${dashed(meant)} takes no value.`,
				kind.instead ?? `Write ${dashed(meant)} alone, or leave it out.`,
				{exitCode: 2},
			);
		}
	}
}

function refuseStrange(
	name: CommandName,
	{
		flags,
		input,
	}: Readonly<{
		flags: Readonly<Record<string, unknown>>;
		input: readonly string[];
	}>,
): void {
	const command: Command = commands[name];
	const known = [...Object.keys(command.flags), ...Object.keys(everywhere)];
	for (const [flag, value] of Object.entries(flags)) {
		if (flag !== 'h' && !known.includes(flag)) {
			if (/^\d$/v.test(flag)) {
				throw new UserError(
					`-${flag} is taken for an option, and there is none.`,
					`A value that begins with "-" is written with "=": --name=-${flag}. ${helpFor(name)}`,
					{exitCode: 2},
				);
			}

			const meant = nearest(flag, known);
			throw new UserError(
				`There is no option ${dashed(flag)} here.`,
				meant === undefined
					? helpFor(name)
					: `Did you mean ${dashed(meant)}? ${helpFor(name)}`,
				{exitCode: 2},
			);
		}

		if (value === undefined) {
			throw new UserError(`${dashed(flag)} wants a value.`, helpFor(name), {
				exitCode: 2,
			});
		}
	}

	const word = input[command.words ?? 0];
	if (word !== undefined) {
		throw new UserError(`"${word}" is one word too many.`, helpFor(name), {
			exitCode: 2,
		});
	}
}

const helpFor = (name: CommandName): string =>
	`Try: tollgate ${name === 'monitor' ? '' : `${name} `}--help`;

/**
A bug of ours ends the program, whatever still runs.
*/
function crash(error: unknown, argv: readonly string[]): void {
	const {message} = error instanceof Error ? error : {message: String(error)};
	const kept = keepTrace(error, argv);
	process.stderr.write(
		kept.kind === 'kept'
			? `Tollgate met a bug of its own (${message}); ${kept.file} tells more.\n`
			: `Tollgate met a bug of its own.\n${kept.trace}\n`,
	);
	// eslint-disable-next-line unicorn/no-process-exit -- See above.
	process.exit(1);
}

/**
Whoever reads our output may stop when they have seen enough; anything else they must know.
*/
function tellLostOutput({code, message}: NodeJS.ErrnoException): void {
	// Where a terminal is gone, nobody is left to be told.
	if (code === 'EPIPE' || process.stdout.isTTY) {
		return;
	}

	process.stderr.write(
		`The output could not be written: ${message}\nLook whether there is room where it goes.\n`,
	);
	process.exitCode = 1;
}
