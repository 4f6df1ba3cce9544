'use strict';
// Before the first paint, so that a dark page does not flash.
try {
  const theme = localStorage.getItem('chartlake-theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch (blocked) { /* The page works without storage. */ }
