import {written} from './base-url.js';
import {writeUrl, type Chart, type Outcome} from './chart.js';
import type {Finding} from './check.js';
import {isApi, type Knocked} from './knock.js';
import {handMade, knockAt, takesPosts} from './knock-at.js';

export type Said = Readonly<{said: string; fix: string}>;

export const urlFinding = (
	chart: Chart,
	knocked: Knocked,
	said: Omit<Finding, 'check' | 'curl'>,
): Finding => ({
	check: 'url',
	...said,
	curl: handMade(knocked.request, chart),
});

/**
The first of these places that answers as an API does is what was meant.
*/
export async function found(
	chart: Chart,
	places: readonly URL[],
	what: string,
): Promise<Outcome | undefined> {
	for (const place of places) {
		// eslint-disable-next-line no-await-in-loop -- The likeliest first, and no more than are needed.
		const knocked = await knockAt(chart, place);
		if (knocked.kind === 'failed') {
			// Its neighbours are at the same host.
			return undefined;
		}

		if (
			isApi(knocked) ||
			// eslint-disable-next-line no-await-in-loop -- The same.
			(knocked.kind === 'lost' && (await takesPosts(chart, place)))
		) {
			const right = withVersion(place);
			return {
				findings: [
					urlFinding(chart, knocked, {
						standing: 'bad',
						said: `${what}; the API is at ${right}.`,
						fix: `${writeUrl(chart, right)}.`,
					}),
				],
				chart: {...chart, base: place, knocked},
				// Another host is not to be shown the key, whoever sends us there.
				over: place.hostname !== chart.given.hostname,
			};
		}
	}

	return undefined;
}

/**
With the version that both kinds of clients know; Anthropic's own clients add it themselves.
*/
export function withVersion(base: URL): string {
	const bare = new URL(base);
	bare.search = '';
	const text = written(bare);
	const isVersioned =
		/\/v\d[\da-z]*$/.test(text) || base.hostname === 'api.anthropic.com';
	return `${text}${isVersioned ? '' : '/v1'}${base.search === '' ? '' : '?…'}`;
}

export function unknownPlace(chart: Chart): Outcome {
	const {base} = chart;
	const {kind, answer} = chart.knocked!;
	const what =
		kind === 'page' || kind === 'moved'
			? `A web page came back from ${written(base)}, not the answer of an API`
			: `${written(base)} is not the base of an API (status ${answer.status})`;
	return hopeless(chart, {
		said: `${what}, and neither is anything near it.`,
		fix: 'Look up the base URL in the documentation of the endpoint: it often begins with https://api. and ends in /v1.',
	});
}

export const hopeless = (chart: Chart, {said, fix}: Said): Outcome => ({
	findings: [urlFinding(chart, chart.knocked!, {standing: 'bad', said, fix})],
	chart,
	over: true,
});
