export { clockOffset, offsetFromWords, setTheClock, shortestTolerance, tellOffset } from './clock-offset.ts';
export { badProxy, type Environment, type Proxies, type Proxy, proxyOf, readProxies } from './proxies.ts';
export { proxyTroubleOf, watchProxy } from './watch-proxy.ts';
export { explainProxyAnswer, explainProxyFailure, type ProxyTrouble } from './proxy-trouble.ts';
export { type ClockWatch, offsetOf, watchClock } from './watch-clock.ts';
export { hopLimit } from './instance-role.ts';
