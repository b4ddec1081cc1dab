import process from 'node:process';
import {inspectConfig, type Inspected} from '../../config/load.js';
import {loopProblem} from '../../config/loop.js';
import {written} from '../../doctor/base-url.js';
import {allChecks} from '../../doctor/checks.js';
import {examine} from '../../doctor/examine.js';
import {withoutKeyShapes} from '../../exchange/clean.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {isRealModel} from '../real-model.js';
import {chartFor, type Patient} from './chart-for.js';
import type {AskedFor} from './flags.js';
import {keyFor} from './key-for.js';
import {isUrl, patients} from './patients.js';
import {createAsk, type RealAsk} from './real-ask.js';
import type {Report} from './report.js';
import {withWaiting} from './waiting.js';

type Seen = Pick<Inspected, 'config' | 'endpoints' | 'document'>;

export type Chosen = Readonly<{inspected: Seen; patients: readonly Patient[]}>;

/**
Which endpoints are meant. Throws a UserError (exit code 2) where there is none of that name.
*/
export function chooseEndpoints(given: Given, asked: AskedFor): Chosen {
	const inspected = asked.isLocal ? nothing : inspect(given, asked);
	return {
		inspected,
		patients: patients(asked.word, {inspected, key: asked.key}),
	};
}

/**
Looks at them, one after the other.
*/
export async function lookAtEndpoints(
	{inspected, patients: chosen}: Chosen,
	asked: AskedFor,
	report: Report,
): Promise<void> {
	await using real = createAsk({env: process.env});
	for (const patient of chosen) {
		const {endpoint, isNamed} = patient;
		report.begin({
			endpoint: isNamed ? endpoint.name : null,
			url: shown(endpoint.url),
		});
		// eslint-disable-next-line no-await-in-loop -- One after the other: they are told so.
		const url = await lookAt(patient, {inspected, asked, report, real});
		report.end(url);
	}
}

async function lookAt(
	patient: Patient,
	{
		inspected,
		asked,
		report,
		real,
	}: Readonly<{
		inspected: Seen;
		asked: AskedFor;
		report: Report;
		real: RealAsk;
	}>,
): Promise<string> {
	const {env} = process;
	const {endpoint, isNamed} = patient;
	const port = inspected.config?.server.port;
	const loop =
		isNamed && port ? loopProblem([endpoint], {port, env}) : undefined;
	if (loop !== undefined) {
		report.tell({
			check: 'url',
			standing: 'bad',
			said: loop.says,
			fix: loop.hint,
		});
		return shown(endpoint.url);
	}

	const isKeyless = !isNamed && asked.key === undefined;
	const key = isKeyless
		? ({key: {kind: 'none'}, scheme: undefined} as const)
		: await keyFor(endpoint, env);
	const chart = await examine(
		chartFor(patient, key, {
			config: inspected.config,
			hosts: inspected.endpoints.map(({url}) => url.hostname),
			wantedModel: asked.model,
			isFree: asked.isFree,
			env,
			ask: isWatched(asked) ? withWaiting(real.ask, process.stderr) : real.ask,
		}),
		allChecks,
		(finding) => {
			report.tell(finding);
		},
	);
	return shown(chart.base);
}

/**
Somebody sees the findings come.
*/
const isWatched = ({isJson}: AskedFor): boolean =>
	!isJson && process.stdout.isTTY && process.stderr.isTTY;

const shown = (url: URL): string => withoutKeyShapes(written(url));

const nothing: Seen = {config: undefined, endpoints: [], document: {}};

/**
For a URL a config is not needed, so one that is wrong does no harm. Where all was asked for, the look at this
machine has told of it.
*/
function inspect(given: Given, {word}: AskedFor): Seen {
	try {
		return inspectConfig({
			home: look(given).home,
			env: process.env,
			serving: false,
			isModel: isRealModel,
		});
	} catch (error) {
		if (error instanceof UserError && (word === undefined || isUrl(word))) {
			return nothing;
		}

		throw error;
	}
}
