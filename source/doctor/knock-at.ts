import type {AskRequest} from './ask.js';
import {byHand} from './by-hand.js';
import {isPrivateWay, secretsOf, shownKey, type Chart} from './chart.js';
import {knock, type Knock} from './knock.js';
import {
	modelsRequest,
	postRequest,
	speaksOnlyAnthropic,
	type Credential,
} from './requests.js';

/**
Asks another base URL for its models. The key goes along to the host that it is for and no other, and
never where others could read it.
*/
export const knockAt = async (
	chart: Chart,
	base: URL,
	credential: Credential | undefined = credentialAt(chart, base),
): Promise<Knock> =>
	knock(
		chart.ask,
		modelsRequest(base, {
			credential,
			isAnthropic: isAnthropicList(chart),
		}),
		secretsOf(chart),
	);

/**
Whether there is an API without a list of models: it refuses an empty request in its own way.
*/
export async function takesPosts(chart: Chart, base: URL): Promise<boolean> {
	const credential = credentialAt(chart, base);
	for (const format of chart.formats) {
		const request = postRequest(base, {format, credential, body: {}});
		// eslint-disable-next-line no-await-in-loop -- Mostly the first will do.
		const {kind} = await knock(chart.ask, request, secretsOf(chart));
		if (['refused', 'troubled', 'error'].includes(kind)) {
			return true;
		}
	}

	return false;
}

export const isAnthropicList = ({formats}: Pick<Chart, 'formats'>): boolean =>
	speaksOnlyAnthropic(formats);

/**
What the list of models is asked with.
*/
export const listCredential = ({
	key,
	auth,
	formats,
}: Pick<Chart, 'key' | 'auth' | 'formats'>): Credential | undefined =>
	key.kind === 'here'
		? {
				key: key.text,
				scheme: auth ?? (speaksOnlyAnthropic(formats) ? 'x-api-key' : 'bearer'),
			}
		: undefined;

const credentialAt = (chart: Chart, base: URL): Credential | undefined =>
	base.hostname === chart.given.hostname &&
	(base.port === chart.given.port || base.protocol === 'https:') &&
	isPrivateWay(base)
		? listCredential(chart)
		: undefined;

export const handMade = (request: AskRequest, chart: Chart): string =>
	byHand(request, shownKey(chart));
