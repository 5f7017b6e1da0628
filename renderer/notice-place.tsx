import { useNotice } from './notice.ts'

/** Where a sentence without a place of its own is shown, and read out politely. */
export function NoticePlace() {
  const shown = useNotice()
  return (
    <div className="notice-place" role="status">
      {shown === undefined ? null : <p className="notice">{shown.text}</p>}
    </div>
  )
}
