import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Crash } from './crash.tsx'
import { followAtOnce } from './route.ts'
import { language } from './words/language.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root element')
document.documentElement.lang = language
document.addEventListener('click', followAtOnce)
createRoot(root).render(
  <Crash>
    <App />
  </Crash>,
)
