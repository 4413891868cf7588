// The SDK's client with our limits, proxies and authorities.
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { S3Client } from './clients/s3.ts';
import { badProxy, readProxies, watchClock, watchProxy } from '@bamboo-ecs/network';
import { RepositoryError } from '@bamboo-ecs/repository';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultLimits } from './options.ts';
import type { Limits, S3Options } from './options.ts';

export function makeClient(options: S3Options): { readonly client: S3Client; readonly limits: Limits } {
  const limits = { ...defaultLimits, ...options.limits };
  const { endpoint, region, credentials } = options;
  const client = new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    // Other stores have no DNS name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    // The bucket may lie in another region than the cluster.
    followRegionRedirects: true,
    maxAttempts: options.attempts ?? 5,
    // Only what we ask for ourselves, because other stores that speak S3 know no checksums but MD5.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: makeHandler(options, limits),
  });
  return { client, limits };
}

function makeHandler(options: S3Options, limits: Limits): NodeHttpHandler {
  const proxies = readProxies(options.proxyEnv);
  if ('bad' in proxies) {
    const faults = proxies.bad.map(badProxy).join(', and ');
    throw new RepositoryError(
      'misconfigured',
      `The access to s3://${options.address.bucket} is misconfigured: ${faults}.`,
      'Correct the variable, or leave it empty.',
    );
  }
  const { variables } = proxies;
  const proxy = Object.keys(variables).length === 0 ? {} : { proxyEnv: { ...variables } };
  // Proxies that close a connection after each answer do not say so (tinyproxy): a kept one would lose the next request.
  const keepAlive = (variables['http_proxy'] ?? variables['HTTP_PROXY']) === undefined;
  // Node replaces its list by the one that is given, so the usual authorities are named again.
  const ca = options.ca === undefined ? {} : { ca: [...tls.getCACertificates('default'), options.ca] };
  const handler = new NodeHttpHandler({
    httpAgent: new http.Agent({ keepAlive, ...proxy }),
    httpsAgent: new https.Agent({ keepAlive: true, ...proxy, ...ca }),
    connectionTimeout: limits.connect,
    requestTimeout: limits.request,
    socketTimeout: limits.request,
    throwOnRequestTimeout: true,
  });
  const clocked = watchClock(handler, { now: Date.now, onOffset: options.onClockOffset });
  return watchProxy(clocked, proxies);
}
