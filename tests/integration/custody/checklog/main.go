// Command checklog checks the custody log of an evidence bag with Go's own transparency log packages, as
// docs/evidence-format.md describes it: golang.org/x/mod/sumdb/note opens the signed heads, .../tlog computes leaves and
// trees and checks the proofs. Nothing of the product's code is used.
//
//	checklog BAG [WITNESS-VKEY...]
//
// prints one JSON object: what was found, and every problem; exit status 0 or 1.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type result struct {
	Size     int64    `json:"size"`
	Root     string   `json:"root"`
	Events   int      `json:"events"`
	Heads    int      `json:"heads"`
	Cosigned []string `json:"cosigned"`
	Known    bool     `json:"libraryKnowsCosignatures"`
	Problems []string `json:"problems"`
}

var found = result{Cosigned: []string{}, Problems: []string{}}

func problem(format string, args ...interface{}) {
	found.Problems = append(found.Problems, fmt.Sprintf(format, args...))
}

type head struct {
	size int64
	root tlog.Hash
}

func main() {
	data := filepath.Join(os.Args[1], "data")
	if err := checkBag(data, os.Args[2:]); err != nil {
		problem("%v", err)
	}
	json.NewEncoder(os.Stdout).Encode(found)
	if len(found.Problems) > 0 {
		os.Exit(1)
	}
}

func checkBag(data string, witnesses []string) error {
	var record struct {
		Exhibit string
		Log     struct{ Origin, Vkey string }
		Tracks  []struct {
			Parts []struct {
				File  string
				Lines int64
				Root  string `json:"merkle_root"`
			}
		}
	}
	if err := readJSON(filepath.Join(data, "record.json"), &record); err != nil {
		return err
	}
	custody := filepath.Join(data, "custody")
	checkpoint, err := os.ReadFile(filepath.Join(custody, "checkpoint"))
	if err != nil {
		return err
	}
	now, _, err := openHead(checkpoint, record.Log.Origin, record.Log.Vkey)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	found.Size, found.Root = now.size, fmt.Sprintf("%x", now.root[:])
	recorder, err := checkEvents(custody, checkpoint, now)
	if err != nil {
		return err
	}
	seal, err := os.ReadFile(filepath.Join(custody, "seal.checkpoint"))
	if err != nil {
		return err
	}
	sealed, _, err := openHead(seal, record.Log.Origin, record.Log.Vkey)
	if err != nil {
		return fmt.Errorf("seal.checkpoint: %w", err)
	}
	if err := checkConsistency(filepath.Join(custody, "seal-to-head.consistency"), sealed, now); err != nil {
		return fmt.Errorf("seal-to-head: %w", err)
	}
	for _, vkey := range witnesses {
		if err := checkWitness(custody, checkpoint, record.Log.Origin, record.Log.Vkey, vkey, now); err != nil {
			problem("witness %s: %v", vkey, err)
		}
	}
	for _, track := range record.Tracks {
		for _, part := range track.Parts {
			if err := checkPart(data, record.Exhibit, part.File, part.Lines, part.Root, recorder); err != nil {
				problem("%s: %v", part.File, err)
			}
		}
	}
	return nil
}

// openHead opens a checkpoint: origin, size and root, signed by the log's key.
func openHead(msg []byte, origin, vkey string, more ...note.Verifier) (head, *note.Note, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return head{}, nil, err
	}
	n, err := note.Open(msg, note.VerifierList(append(more, verifier)...))
	if err != nil {
		return head{}, nil, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return head{}, nil, fmt.Errorf("text of another log: %q", n.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, nil, err
	}
	root, err := tlog.ParseHash(lines[2])
	return head{size, root}, n, err
}

// checkEvents checks every event's proof; it gives the recorder's verifier key.
func checkEvents(custody string, checkpoint []byte, now head) (string, error) {
	lines, err := readLines(filepath.Join(custody, "events.jsonl"))
	if err != nil {
		return "", err
	}
	proofs, err := filepath.Glob(filepath.Join(custody, "proofs", "*.tlog-proof"))
	if err != nil {
		return "", err
	}
	indexes := []int64{}
	for _, name := range proofs {
		index, err := strconv.ParseInt(strings.TrimSuffix(filepath.Base(name), ".tlog-proof"), 10, 64)
		if err != nil {
			return "", err
		}
		indexes = append(indexes, index)
	}
	sort.Slice(indexes, func(i, j int) bool { return indexes[i] < indexes[j] })
	if len(indexes) != len(lines) {
		return "", errors.New("not as many proofs as events")
	}
	recorder := ""
	for i, index := range indexes {
		hashes, err := readProof(filepath.Join(custody, "proofs", fmt.Sprintf("%d.tlog-proof", index)), index, checkpoint)
		if err == nil {
			err = tlog.CheckRecord(hashes, now.size, now.root, index, tlog.RecordHash(lines[i]))
		}
		if err != nil {
			problem("event %d: %v", index, err)
		}
		var event struct {
			Action  string
			Details struct {
				Vkey string `json:"recorder_vkey"`
			}
		}
		if err := json.Unmarshal(lines[i], &event); err != nil {
			return "", err
		}
		if event.Action == "recording.started" {
			recorder = event.Details.Vkey
		}
	}
	found.Events = len(lines)
	return recorder, nil
}

func readProof(name string, index int64, checkpoint []byte) (tlog.RecordProof, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	cut := bytes.SplitN(text, []byte("\n\n"), 2)
	if len(cut) != 2 || !bytes.Equal(cut[1], checkpoint) {
		return nil, errors.New("proof for another head")
	}
	lines := strings.Split(string(cut[0]), "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", index) {
		return nil, errors.New("form of the proof")
	}
	return parseHashes(lines[2:])
}

func checkConsistency(name string, old, now head) error {
	lines, err := readLines(name)
	if err != nil {
		return err
	}
	text := []string{}
	for _, line := range lines {
		text = append(text, string(line))
	}
	hashes, err := parseHashes(text)
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes, now.size, now.root, old.size, old.root)
}

// checkWitness looks for the witness's cosignature on the head, or on an earlier one that the head extends.
func checkWitness(custody string, checkpoint []byte, origin, vkey, witness string, now head) error {
	cosigner, err := newCosigner(witness)
	if err != nil {
		return err
	}
	if has(checkpoint, origin, vkey, cosigner) {
		found.Cosigned = append(found.Cosigned, cosigner.Name())
		return nil
	}
	heads, err := filepath.Glob(filepath.Join(custody, "witnessed", "*.checkpoint"))
	if err != nil {
		return err
	}
	for _, name := range heads {
		msg, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if !has(msg, origin, vkey, cosigner) {
			continue
		}
		earlier, _, err := openHead(msg, origin, vkey, cosigner)
		if err != nil {
			return err
		}
		if err := checkConsistency(strings.TrimSuffix(name, ".checkpoint")+".consistency", earlier, now); err != nil {
			return err
		}
		found.Cosigned = append(found.Cosigned, cosigner.Name())
		return nil
	}
	return errors.New("has cosigned nothing here")
}

func has(msg []byte, origin, vkey string, cosigner note.Verifier) bool {
	_, n, err := openHead(msg, origin, vkey, cosigner)
	if err != nil {
		return false
	}
	for _, signature := range n.Sigs {
		if signature.Name == cosigner.Name() && signature.Hash == cosigner.KeyHash() {
			return true
		}
	}
	return false
}

// A cosigner verifies C2SP tlog-cosignatures. The package knows plain Ed25519 keys alone and takes others through its
// Verifier interface; this one is of crypto/ed25519.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	_, err := note.NewVerifier(vkey)
	found.Known = err == nil
	fields := strings.SplitN(vkey, "+", 3)
	if len(fields) != 3 {
		return nil, errors.New("verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("verifier key")
	}
	sum := sha256.Sum256(append([]byte(fields[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != fields[1] {
		return nil, errors.New("verifier key id")
	}
	return &cosigner{fields[0], hash, key[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	stamped := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(stamped), sig[8:])
}

// checkPart grows the part's tree from its lines and holds each of the recorder's heads against it.
func checkPart(data, exhibit, file string, count int64, root, recorder string) error {
	base := strings.TrimSuffix(filepath.Join(data, file), ".mp4")
	lines, err := readLines(base + ".segments.jsonl")
	if err != nil {
		return err
	}
	stored := []tlog.Hash{}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := []tlog.Hash{}
		for _, index := range indexes {
			out = append(out, stored[index])
		}
		return out, nil
	})
	for i, line := range lines {
		hashes, err := tlog.StoredHashes(int64(i), line, reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	whole, err := tlog.TreeHash(int64(len(lines)), reader)
	if err != nil {
		return err
	}
	if int64(len(lines)) != count || fmt.Sprintf("%x", whole[:]) != root {
		return errors.New("tree of the lines")
	}
	text, err := os.ReadFile(base + ".heads")
	if err != nil {
		return err
	}
	origin := exhibit + "/" + filepath.Base(base)
	for rest := string(text); rest != ""; {
		end := strings.Index(rest, "\n\n"+origin+"\n")
		one := rest
		if end >= 0 {
			one, rest = rest[:end+1], rest[end+2:]
		} else {
			rest = ""
		}
		signed, _, err := openHead([]byte(one), origin, recorder)
		if err != nil {
			return err
		}
		then, err := tlog.TreeHash(signed.size, reader)
		if err != nil || then != signed.root {
			return fmt.Errorf("head at %d", signed.size)
		}
		found.Heads++
	}
	return nil
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	hashes := []tlog.Hash{}
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

// readLines gives the lines of a file, each without its newline.
func readLines(name string) ([][]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil || len(text) == 0 {
		return nil, err
	}
	if text[len(text)-1] != '\n' {
		return nil, errors.New("no newline at the end")
	}
	return bytes.Split(text[:len(text)-1], []byte("\n")), nil
}

func readJSON(name string, into interface{}) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
