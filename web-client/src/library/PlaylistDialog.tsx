import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Playlist, PlaylistText } from '#protocol/shelf.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { libraryApi } from './library-api.ts';

interface Props {
  /** The one that is changed; none: a new one. */
  playlist?: Playlist;
  onClose(): void;
  onSaved(playlist: Playlist): void;
}

/** Names a playlist, and says whether who has its address may open it. */
export function PlaylistDialog({ playlist, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<PlaylistText>();
  const save = useMutation({
    mutationFn: (text: PlaylistText) =>
      playlist ? libraryApi.changePlaylist(playlist.playlistId, text) : libraryApi.createPlaylist(text),
    onSuccess: (saved) => {
      onSaved(saved);
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['library', 'playlists'] }),
  });
  return (
    <Modal
      open
      title={t(playlist ? 'library.list.change' : 'library.list.new')}
      okText={t(playlist ? 'library.list.save' : 'library.list.create')}
      cancelText={t('common.cancel')}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<PlaylistText>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={playlist ?? { title: '', description: '', shared: false }}
        onFinish={(text) => save.mutate(text)}
      >
        <Form.Item
          name="title"
          label={t('library.list.title')}
          rules={[{ required: true, whitespace: true, message: t('library.list.titleNeeded') }]}
        >
          <Input maxLength={60} autoFocus data-testid="playlist-title" />
        </Form.Item>
        <Form.Item name="description" label={t('library.list.description')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Form.Item
          name="shared"
          label={t('library.list.shared')}
          extra={t('library.list.sharedHint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </Form>
      {save.error && (
        <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(save.error).code} />} />
      )}
    </Modal>
  );
}
