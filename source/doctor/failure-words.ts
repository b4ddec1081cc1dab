import {nearest} from '../config/nearest.js';
import {networkWords} from '../exchange/network-words.js';
import {said, type Words} from '../exchange/said.js';
import {endless, type NotAnswered} from './ask.js';

/**
Why no answer came, in one sentence, and what to do.
*/
export function failureWords(
	{code}: NotAnswered,
	{
		url,
		knownHosts,
		proxy,
	}: Readonly<{
		url: URL;
		knownHosts: readonly string[];
		/**
		On the way there: then it is the only one that this machine connects to.
		*/
		proxy: string | undefined;
	}>,
): Words {
	const {host, hostname} = url;
	if (code === endless) {
		return said(
			[],
			`${host} began to answer and came to no end.`,
			'Try again; if it stays so, ask who runs it, or look at the proxies on the way.',
		);
	}

	if (proxy !== undefined && unreached.test(code)) {
		return said(
			[],
			`The proxy on the way to ${host}, ${proxy}, cannot be reached (${code}).`,
			'Check HTTPS_PROXY, and whether the proxy runs; or name the host in NO_PROXY.',
		);
	}

	if (/TIMEDOUT|TIMEOUT/.test(code)) {
		return said(
			[],
			`${host} did not answer in time.`,
			'Check the host and the port of its url, and whether a firewall, a VPN or a proxy stands between.',
		);
	}

	const meant = nearest(
		hostname,
		knownHosts.filter((known) => known !== hostname),
	);
	const {status} = /^PROXY_(?<status>403|5\d\d)$/.exec(code)?.groups ?? {};
	if (status !== undefined) {
		return said(
			[],
			status === '403'
				? `The proxy on the way does not let ${host} through (status ${status}).`
				: `The proxy on the way did not reach ${host} (status ${status}).`,
			meant === undefined
				? 'Check the spelling of its url, and ask who runs the proxy whether this host is allowed.'
				: `Did you mean ${meant}?`,
		);
	}

	if (!/^(?:ENOTFOUND|EAI_|ENODATA)/.test(code)) {
		return networkWords({errorType: code});
	}

	return said(
		[],
		`There is no host ${hostname} (DNS).`,
		meant === undefined
			? 'Check the spelling of its url, and whether this machine is online.'
			: `Did you mean ${meant}?`,
	);
}

/**
Codes of a connection that never stood.
*/
const unreached =
	/^(?:ECONNREFUSED|ENOTFOUND|EAI_|ENODATA|ENETUNREACH|EHOSTUNREACH)/;

/**
The other side speaks TLS, and only its certificate is not believed.
*/
export const isCertificateTrouble = (code: string): boolean =>
	/^CERT_|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ALTNAME|INVALID_CA/.test(code);
