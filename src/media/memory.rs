//! The memory that unpacked pictures may take at one time, whatever the number of articles in work.
//!
//! Who unpacks a picture claims the memory first, and waits where others have it. What was unpacked is kept for whoever
//! asks for it next, until somebody else needs the room. A claim is never held while another one is made, so that
//! nobody waits for himself.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, Weak};

use super::raster::Slot;

/// The most bytes of all pictures together, but for one that alone takes more.
const MOST: u64 = 256 * 1024 * 1024;

/// Memory is one for the process, however many runs there are in it.
static ROOM: Mutex<Room> = Mutex::new(Room { used: 0, kept: VecDeque::new() });
static CHANGED: Condvar = Condvar::new();

struct Room {
    used: u64,
    /// Where pictures are kept that nobody works on, the oldest first.
    kept: VecDeque<Weak<Slot>>,
}

/// So many bytes, until it is dropped.
#[derive(Debug)]
pub(super) struct Claim(u64);

impl Claim {
    /// Waits until there is room for so many bytes. One claim is always granted where nobody has another.
    pub fn new(bytes: u64) -> Self {
        let mut room = room();
        loop {
            if room.used == 0 || room.used.saturating_add(bytes) <= MOST {
                room.used += bytes;
                return Self(bytes);
            }
            match room.kept.pop_front() {
                Some(oldest) => {
                    drop(room);
                    if let Some(slot) = oldest.upgrade() {
                        slot.empty();
                    }
                    room = self::room();
                }
                None => room = CHANGED.wait(room).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Gives back all but so many bytes.
    pub fn shrink(&mut self, bytes: u64) {
        let back = self.0.saturating_sub(bytes);
        self.0 -= back;
        give_back(back);
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        give_back(self.0);
    }
}

/// From now on the slot may be emptied where there is no room.
pub(super) fn keep(slot: Weak<Slot>) {
    let mut room = room();
    room.kept.retain(|other| other.strong_count() > 0 && !other.ptr_eq(&slot));
    room.kept.push_back(slot);
    CHANGED.notify_all();
}

fn give_back(bytes: u64) {
    let mut room = room();
    room.used = room.used.saturating_sub(bytes);
    CHANGED.notify_all();
}

fn room() -> MutexGuard<'static, Room> {
    ROOM.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn those_for_whom_there_is_no_room_wait() {
        const EACH: u64 = MOST / 3;
        let (held, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|threads| {
            for _ in 0..8 {
                threads.spawn(|| {
                    let mut claim = Claim::new(EACH);
                    most.fetch_max(held.fetch_add(EACH, Ordering::SeqCst) + EACH, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(5));
                    held.fetch_sub(EACH, Ordering::SeqCst);
                    claim.shrink(EACH / 2);
                });
            }
        });
        assert!((EACH..=MOST).contains(&most.into_inner()));
    }

    #[test]
    fn one_that_alone_takes_more_gets_it() {
        drop(Claim::new(2 * MOST));
    }
}
