import {showLatency} from '../show-latency.js';
import {otherScheme, written} from '../base-url.js';
import {isPrivateWay, writeUrl, type Chart, type Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {failureWords, isCertificateTrouble} from '../failure-words.js';
import {isApi, type Knock} from '../knock.js';
import {handMade, knockAt} from '../knock-at.js';

/**
Name, address, port, TLS and proxy: whether anything answers at all.
*/
export async function network(chart: Chart): Promise<Outcome> {
	const knocked = await knockAt(chart, chart.base);
	if (knocked.kind !== 'failed') {
		return {
			findings: [
				{
					check: 'network',
					standing: 'ok',
					said: `${chart.base.host} answers after ${showLatency(knocked.answer.headersMs)}${wayOf(chart)}.`,
					curl: handMade(knocked.request, chart),
					tookMs: knocked.answer.headersMs,
				},
			],
			chart: {...chart, knocked},
		};
	}

	return (await overOtherScheme(chart, knocked)) ?? notReached(chart, knocked);
}

function wayOf({base, proxy}: Chart): string {
	const tls = base.protocol === 'https:' ? ', its certificate is good' : '';
	return `${proxy === undefined ? '' : ` through the proxy ${proxy}`}${tls}`;
}

type Failed = Extract<Knock, {kind: 'failed'}>;

const notReached = (chart: Chart, {failure, request}: Failed): Outcome => {
	const words = failureWords(failure, {
		url: chart.base,
		knownHosts: chart.knownHosts,
		proxy: chart.proxy,
	});
	const finding: Finding = {
		check: 'network',
		standing: 'bad',
		said: words.cause,
		fix: words.remedy,
		curl: handMade(request, chart),
		tookMs: failure.tookMs,
	};
	return {findings: [finding], chart, over: true};
};

/**
Who speaks TLS breaks the connection to one who does not, and the other way round.
*/
async function overOtherScheme(
	chart: Chart,
	{failure}: Failed,
): Promise<Outcome | undefined> {
	const isSecure = chart.base.protocol === 'https:';
	const mayBe = isSecure
		? /^(?:EPROTO|ERR_SSL|HPE_)/.test(failure.code)
		: !/^(?:ENOTFOUND|EAI_|ENODATA)/.test(failure.code);
	if (!mayBe) {
		return undefined;
	}

	const other = otherScheme(chart.base);
	const knocked = await knockAt(chart, other);
	const answers =
		knocked.kind === 'failed'
			? !isSecure && isCertificateTrouble(knocked.failure.code)
			: true;
	if (!answers) {
		return undefined;
	}

	const finding: Finding = {
		check: 'url',
		standing: 'bad',
		said: `The url begins with ${chart.base.protocol}//, and ${other.host} speaks ${other.protocol.slice(0, -1)} there.`,
		fix: `${writeUrl(chart, written(other))}.`,
		curl: handMade(knocked.request, chart),
	};
	return {
		findings: [finding],
		chart: {
			...chart,
			base: other,
			...(knocked.kind !== 'failed' && {knocked}),
		},
		over: knocked.kind === 'failed' || !isApi(knocked) || !isPrivateWay(other),
	};
}
