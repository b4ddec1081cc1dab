import {wireFormatNames, type WireFormatName} from '../exchange/usage.js';
import {UserError} from '../user-error.js';
import type {Endpoint} from './config.js';
import {baseUrl, type KeySource} from './endpoint-kinds.js';
import {variable} from './environment.js';
import {printable} from './printable.js';
import {pathText} from './problem.js';
import {readSection, type Report} from './read-section.js';
import {endpointSettings} from './settings.js';
import type {Table} from './table.js';

/**
Reads `[endpoints.*]`, the tables given in the order of the file. Leaves out what is wrong.
*/
export function readEndpoints(
	tables: ReadonlyArray<readonly [name: string, table: Table]>,
	report: Report,
): readonly Endpoint[] {
	return tables.flatMap(([name, table]) => {
		const path = ['endpoints', name];
		reportName(name, path, report);
		const read = readSection(endpointSettings, {found: table, path}, report);
		const key = keyOf(table, {read: read?.key, only: tables.length === 1});
		if (key === undefined) {
			report({
				path: [...path, 'key'],
				says: `${pathText([...path, 'key'])} is missing.`,
				hint: 'With several endpoints each says where its key comes from: "env:NAME", "cmd:COMMAND" or "agent".',
			});
		}

		return read === undefined || key === undefined
			? []
			: [complete(name, {...read, key})];
	});
}

/**
The endpoint where the config names none: the one of `ANTHROPIC_BASE_URL`, or Anthropic's own.
*/
export function impliedEndpoint(env: NodeJS.ProcessEnv): Endpoint {
	const address = variable(env, 'ANTHROPIC_BASE_URL') ?? anthropicUrl;
	const reading = baseUrl.read(address);
	if (reading.kind === 'wrong') {
		throw new UserError(
			`The variable ANTHROPIC_BASE_URL ${reading.wrong}.`,
			`Unset it, or give it ${baseUrl.allowed}.`,
			{exitCode: 2},
		);
	}

	const url = reading.value;
	return complete(nameFor(url), {
		url,
		key: {kind: 'agent'},
		openaiUsage: 'inject',
		priceMultiplier: 1,
		prices: 'catalogue',
		billing: 'api',
	});
}

const anthropicUrl = 'https://api.anthropic.com';

function complete(name: string, {formats, auth, ...given}: Given): Endpoint {
	return {...given, name, formats: formats ?? formatsOf(given.url), auth};
}

type Given = Omit<Endpoint, 'name' | 'formats' | 'auth'> &
	Partial<Pick<Endpoint, 'formats' | 'auth'>>;

const isAnthropic = (url: URL): boolean =>
	url.hostname === new URL(anthropicUrl).hostname;

function formatsOf(url: URL): readonly WireFormatName[] {
	return isAnthropic(url) ? ['anthropic-messages'] : wireFormatNames;
}

function keyOf(
	table: Table,
	{read, only}: {read: KeySource | undefined; only: boolean},
): KeySource | undefined {
	// Something wrong in this endpoint has been reported already.
	const said = table['key'] !== undefined;
	return said || only ? (read ?? {kind: 'agent'}) : undefined;
}

function reportName(
	name: string,
	path: readonly string[],
	report: Report,
): void {
	if (!/^[\w-]+$/.test(name)) {
		report({
			path,
			says: `"${printable(name)}" cannot be the name of an endpoint.`,
			hint: 'Use letters, digits, "-" and "_".',
		});
	}
}

/**
`anthropic`, or the host in letters a name may have: `api-kissapi-ai`.
*/
export function nameFor(url: URL): string {
	return isAnthropic(url)
		? 'anthropic'
		: (url.host.match(/\w+/g) ?? []).join('-');
}
