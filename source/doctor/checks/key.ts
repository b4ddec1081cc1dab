import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {authSchemes, type AuthScheme} from '../../config/endpoint-kinds.js';
import {keyKind, wrappedKey} from '../key-kind.js';
import {isApi, type Knocked} from '../knock.js';
import {handMade, knockAt, listCredential} from '../knock-at.js';
import {refusedKey} from '../refused-key.js';

/**
Whether there is a key, what kind it is, and whether the endpoint takes it.
*/
export async function key(chart: Chart): Promise<Outcome> {
	switch (chart.key.kind) {
		case 'missing': {
			const {said, fix} = chart.key;
			return over(chart, {standing: 'bad', said, fix});
		}

		case 'agent': {
			return skipped(
				chart,
				'The key comes from the agent with each request, and this shell has none to try.',
				'Set ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN or OPENAI_API_KEY here to have it tried.',
			);
		}

		case 'none': {
			return skipped(
				chart,
				'No key was given.',
				'Name the variable that has it: --key env:NAME',
			);
		}

		case 'here': {
			return tried(chart, chart.key);
		}
	}
}

type Held = Extract<Chart['key'], {kind: 'here'}>;

async function tried(chart: Chart, held: Held): Promise<Outcome> {
	const wrapped = wrappedKey(held.text);
	if (wrapped !== undefined) {
		return over(chart, {
			standing: 'bad',
			said: `The key in ${held.from} ${wrapped.wrong}.`,
			fix: `In ${held.from} ${wrapped.fix}.`,
		});
	}

	// Where it was not sent with the first request, it was not private on the way: the passthrough would send it.
	const first = chart.knocked!;
	const knocked = isKeyed(first, held)
		? first
		: await knockAt(chart, chart.base, listCredential(chart));
	if (knocked.kind === 'failed') {
		return {findings: [], chart};
	}

	if (knocked.kind === 'list') {
		return accepted({...chart, knocked}, knocked, held);
	}

	if (knocked.kind === 'refused') {
		return (
			(await otherwise(chart, held)) ?? {
				findings: [refusedKey(chart, knocked, held)],
				chart: {...chart, knocked},
				over: true,
			}
		);
	}

	return {
		findings: isApi(knocked) ? [] : [unseen],
		chart: {...chart, knocked},
	};
}

const unseen: Finding = {
	check: 'key',
	standing: 'skipped',
	said: 'Without a list of models a request has to show whether the key is taken.',
};

const isKeyed = ({request}: Knocked, {text}: Held): boolean =>
	request.headers.some((value) => value.endsWith(text));

/**
Lists that are open to all say nothing of a key.
*/
async function accepted(
	chart: Chart,
	knocked: Knocked,
	{text}: Held,
): Promise<Outcome> {
	const open = await knockAt({...chart, key: {kind: 'none'}}, chart.base);
	const kind = keyKind(text);
	const finding: Finding =
		open.kind === 'list'
			? {
					check: 'key',
					standing: 'skipped',
					said: 'The list of models is open to all, so it does not show whether the key is taken.',
				}
			: {
					check: 'key',
					standing: 'ok',
					said: `The key is taken${kind === undefined ? '' : `; it looks like ${kind.called}`}.`,
				};
	return {
		findings: [{...finding, curl: handMade(knocked.request, chart)}],
		chart,
	};
}

/**
The same key in another header.
*/
async function otherwise(
	chart: Chart,
	{text}: Held,
): Promise<Outcome | undefined> {
	const before = listCredential(chart)!.scheme;
	const others = authSchemes.filter(
		(scheme) => scheme !== before && scheme !== 'both',
	);
	for (const scheme of others) {
		// eslint-disable-next-line no-await-in-loop -- There are two.
		const knocked = await knockAt(chart, chart.base, {key: text, scheme});
		if (knocked.kind === 'lost') {
			// It is the list that is not there: the key was not refused in this header.
			return {findings: [unseen], chart: {...chart, knocked}};
		}

		if (knocked.kind === 'list') {
			return {
				findings: [
					{
						check: 'key',
						...wrongHeader(chart, scheme),
						curl: handMade(knocked.request, chart),
					},
				],
				chart: {...chart, auth: scheme, knocked},
			};
		}
	}

	return undefined;
}

/**
With one format for all, the header is right or wrong for all; else it is chosen by the format.
*/
function wrongHeader(
	{endpoint, auth, formats}: Chart,
	scheme: AuthScheme,
): Pick<Finding, 'standing' | 'said' | 'fix'> {
	const where = scheme === 'bearer' ? 'as a bearer token' : 'as x-api-key';
	const isSent = auth === undefined && formats.length > 1;
	return isSent || endpoint === undefined
		? {standing: 'ok', said: `The key is taken ${where}.`}
		: {
				standing: 'bad',
				said: `The key is taken ${where}, and would be sent ${scheme === 'bearer' ? 'as x-api-key' : 'as a bearer token'}.`,
				fix: `Write auth = "${scheme}" in [endpoints.${endpoint}].`,
			};
}

const over = (
	chart: Chart,
	said: Pick<Finding, 'standing' | 'said' | 'fix'>,
): Outcome => ({findings: [{check: 'key', ...said}], chart, over: true});

const skipped = (chart: Chart, said: string, fix: string): Outcome => ({
	findings: [{check: 'key', standing: 'skipped', said, fix}],
	chart,
});
