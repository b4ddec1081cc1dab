import type {WireFormatName} from '../../exchange/usage.js';
import {credentialFor, secretsOf, type Chart, type Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {listed} from '../in-words.js';
import {knock} from '../knock.js';
import {handMade} from '../knock-at.js';
import {postRequest} from '../requests.js';

/**
Which wire formats are spoken: an empty request is refused in another way than a path that is not there,
and costs nothing.
*/
export async function formats(chart: Chart): Promise<Outcome> {
	const asked = await Promise.all(
		chart.formats.map(async (format) => spoken(chart, format)),
	);
	const known = asked.filter(({isSpoken}) => isSpoken);
	const yes = known.map(({format}) => format);
	const no = asked.filter(({isSpoken}) => !isSpoken);
	const shared = {check: 'formats', curl: asked[0]!.curl};
	if (chart.key.kind !== 'here' && yes.length > 0) {
		// Without a key much is refused alike, whether it is spoken or not.
		return {findings: [], chart: {...chart, spoken: yes}};
	}

	if (yes.length === 0) {
		return {
			findings: [
				{
					...shared,
					standing: 'bad',
					said: `None of the formats is spoken here (${listed(chart.formats)}).`,
					fix: 'Look up in the documentation of the endpoint which it speaks, and under which url.',
				},
			],
			chart: {...chart, spoken: []},
			over: true,
		};
	}

	const finding: Finding =
		no.length === 0 || chart.endpoint === undefined
			? {...shared, standing: 'ok', said: `Spoken here: ${listed(yes)}.`}
			: {
					...shared,
					standing: chart.areFormatsSaid ? 'bad' : 'warn',
					said: `${listed(no.map(({format}) => format))} ${no.length === 1 ? 'is' : 'are'} not spoken here, only ${listed(yes)}.`,
					fix: `Write formats = [${yes.map((format) => `"${format}"`).join(', ')}] in [endpoints.${chart.endpoint}].`,
				};
	return {findings: [finding], chart: {...chart, spoken: yes}};
}

async function spoken(
	chart: Chart,
	format: WireFormatName,
): Promise<
	Readonly<{format: WireFormatName; isSpoken: boolean; curl: string}>
> {
	const request = postRequest(chart.base, {
		format,
		credential: credentialFor(chart, format),
		body: {},
	});
	const {kind} = await knock(chart.ask, request, secretsOf(chart));
	return {
		format,
		// Whoever answers an empty request with a 200 may do so to a full one.
		isSpoken: ['refused', 'troubled', 'error', 'strange'].includes(kind),
		curl: handMade(request, chart),
	};
}
