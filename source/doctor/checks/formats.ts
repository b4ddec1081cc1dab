import type {WireFormatName} from '../../exchange/usage.js';
import type {AuthScheme} from '../../config/endpoint-kinds.js';
import {credentialFor, secretsOf, type Chart, type Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {listed} from '../in-words.js';
import {knock, type Knock} from '../knock.js';
import {handMade} from '../knock-at.js';
import {otherHeader, postRequest, type Credential} from '../requests.js';

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
	const shared = {check: 'formats', curl: (known[0] ?? asked[0]!).curl};
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

	const scheme =
		chart.endpoint === undefined && chart.auth === undefined
			? known.find((one) => one.scheme !== undefined)?.scheme
			: undefined;
	const finding: Finding =
		no.length === 0 || chart.endpoint === undefined
			? {...shared, standing: 'ok', said: `Spoken here: ${listed(yes)}.`}
			: {
					...shared,
					standing: chart.areFormatsSaid ? 'bad' : 'warn',
					said: `${listed(no.map(({format}) => format))} ${no.length === 1 ? 'is' : 'are'} not spoken here, only ${listed(yes)}.`,
					fix: `Write formats = [${yes.map((format) => `"${format}"`).join(', ')}] in [endpoints.${chart.endpoint}].`,
				};
	return {
		findings: [
			finding,
			...(scheme === undefined ? [] : [inHeader(scheme, known)]),
		],
		chart: {...chart, ...(scheme !== undefined && {auth: scheme}), spoken: yes},
	};
}

type Heard = Readonly<{
	format: WireFormatName;
	isSpoken: boolean;
	/**
	Of the header that the key is taken in, where that is not the usual one.
	*/
	scheme: AuthScheme | undefined;
	curl: string;
}>;

/**
Whoever answers an empty request with a 200 may do so to a full one.
*/
const speaking = ['troubled', 'error', 'strange'];

/**
Where the key is looked at before the path, a refusal in one header says nothing of the format: it is asked in the
other one too.
*/
async function spoken(chart: Chart, format: WireFormatName): Promise<Heard> {
	const credential = credentialFor(chart, format);
	const ask = async (given: Credential | undefined): Promise<Knock> =>
		knock(
			chart.ask,
			postRequest(chart.base, {format, credential: given, body: {}}),
			secretsOf(chart),
		);
	const first = await ask(credential);
	const other =
		first.kind === 'refused' && credential !== undefined
			? otherHeader(credential)
			: undefined;
	const second = other && (await ask(other));
	const isTaken =
		second !== undefined && [...speaking, 'lost'].includes(second.kind);
	const {kind, request} = isTaken ? second : first;
	return {
		format,
		isSpoken: [...speaking, 'refused'].includes(kind),
		scheme: isTaken && kind !== 'lost' ? other?.scheme : undefined,
		curl: handMade(request, chart),
	};
}

/**
A URL that stands in no config has no setting that is wrong.
*/
const inHeader = (scheme: AuthScheme, known: readonly Heard[]): Finding => ({
	check: 'key',
	standing: 'ok',
	said: `In ${listed(known.filter((one) => one.scheme === scheme).map(({format}) => format))} the key is taken ${scheme === 'bearer' ? 'as a bearer token' : 'as x-api-key'}: in a config that is auth = "${scheme}".`,
});
