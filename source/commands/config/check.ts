import fs from 'node:fs';
import process from 'node:process';
import type {Config} from '../../config/config.js';
import {findCredentials} from '../../config/credentials.js';
import {homeFiles, type Home} from '../../config/home.js';
import {inspectConfig, type Inspected} from '../../config/load.js';
import {refuseIfOthersCanWrite} from '../../config/permissions.js';
import {inOrder} from '../../config/problem.js';
import {inShell} from '../../config/run-command.js';
import {settingsInForce} from '../../config/settings-in-force.js';
import {findPassthrough} from '../../control/find-passthrough.js';
import {paint} from '../../summary/line.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {isRealModel} from '../real-model.js';
import {wholeFlag} from '../whole-flag.js';
import {wantsColour} from '../terminal.js';
import {inJson} from './json.js';
import {inWords} from './report.js';
import {otherActive} from './other-active.js';
import {runningOf} from './running.js';
import type {Checked, Wrong} from './checked.js';

/**
Reads the config as a start would, keys included, and prints all that is wrong in it (exit code 2), or
what is in force and where each value comes from.
*/
export async function checkConfig(given: Given): Promise<void> {
	const sight = look(given);
	const {home, lock} = sight;
	const port = wholeFlag(given.flags['port'], {
		name: 'port',
		from: 0,
		to: 65_535,
	});
	const [checked, found] = await Promise.all([
		check(home, port),
		findPassthrough(lock),
	]);
	const running = runningOf(found, checked.config);
	const other = checked.config && (await otherActive(sight, checked.config));
	process.exitCode = checked.problems.length === 0 ? 0 : 2;
	const {stdout, env} = process;
	process.stdout.write(
		given.flags['json'] === true
			? `${JSON.stringify(inJson(checked, {running, other}))}\n`
			: paint(
					inWords(checked, {
						running,
						other,
						columns: stdout.isTTY ? stdout.columns : undefined,
					}),
					wantsColour(env, stdout.isTTY),
				),
	);
}

async function check(home: Home, port: number | undefined): Promise<Checked> {
	const {env} = process;
	const file = homeFiles(home).config;
	try {
		refuseFolder(home.data);
		const inspected = inspectConfig({
			home,
			env,
			flags: {port},
			isModel: isRealModel,
		});
		const keys = await findCredentials(inspected, {
			env,
			runCommand: inShell({env}),
		});
		const problems = inOrder(
			[...inspected.problems, ...keys.problems],
			inspected.lines,
		);
		const {config} = inspected;
		return {
			home,
			file: inspected.file,
			problems: problems.map(({path, ...problem}) => ({
				...problem,
				setting: path.filter((key) => typeof key === 'string').join('.'),
			})),
			config,
			settings:
				problems.length === 0 && hasConfig(inspected)
					? settingsInForce(inspected, {env, port})
					: [],
		};
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		return {
			home,
			file: fs.existsSync(file) ? file : undefined,
			problems: [whole(error, file)],
			config: undefined,
			settings: [],
		};
	}
}

const hasConfig = (
	inspected: Inspected,
): inspected is Inspected & Readonly<{config: Config}> =>
	inspected.config !== undefined;

function refuseFolder(folder: string): void {
	const stats = fs.statSync(folder, {throwIfNoEntry: false});
	if (stats !== undefined) {
		refuseIfOthersCanWrite(folder, stats);
	}
}

/**
What ended the reading altogether. Where it stands in the file, its message begins with that.
*/
function whole({message, hint}: UserError, file: string): Wrong {
	const rest = message.startsWith(`${file}:`)
		? message.slice(file.length + 1)
		: '';
	const {line, says} = /^(?<line>\d+): (?<says>.*)$/s.exec(rest)?.groups ?? {};
	return {
		line: line === undefined ? undefined : Number(line),
		setting: undefined,
		says: says ?? message,
		hint,
	};
}
