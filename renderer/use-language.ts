import { useEffect } from 'react'
import { useRow } from './views.ts'
import { keepLanguage } from './words/language.ts'

/**
 * Keeps the chosen language for the next load and loads the page anew when it is another one: the words are chosen
 * once, at the start. The messenger keeps what was being written, and the address keeps the place.
 */
export function useLanguage(): void {
  const choice = useRow('settings')?.language
  useEffect(() => {
    if (choice !== undefined && keepLanguage(choice)) window.location.reload()
  }, [choice])
}
